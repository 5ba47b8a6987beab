using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.History;

/// <summary>A database from before past baselines and thresholds were on record: what was in force before the last known change is not known.</summary>
public sealed class PastLimitsMigrationTests : IDisposable
{
    private const long Start = 1_772_366_400_000_000;
    private const long Hour = 3_600_000_000;

    private readonly DatabaseFolder _folder = new();

    [Fact]
    public void Nothing_is_drawn_before_the_last_change_on_record()
    {
        using var context = Before();
        Command(context, 1, Start + Hour, "SetSensor", "NAMED", refusal: null);
        Command(context, 2, Start + (9 * Hour), "SetSensor", "NAMED", refusal: "BaselineUnconfirmed");
        Command(context, 3, Start + (9 * Hour), "AcknowledgeAlert", "OTHER", refusal: null);

        context.Database.Migrate();

        // The one that was typed, and the one whose settings a person changed; the third is as it always was.
        context.SensorLimits.AsNoTracking().AsEnumerable().Select(row => (row.SensorKey, UnixMicroseconds.From(row.Until), row.Baseline, row.Thresholds))
            .ShouldBe([(1, Start + (2 * Hour), 0, "[]"), (2, Start + Hour, 0, "[]")]);
    }

    [Fact]
    public void A_change_of_the_rules_concerns_every_sensor()
    {
        using var context = Before();
        context.Database.ExecuteSql($"UPDATE AlertRules SET IsCurrent = 0");
        Rule(context, version: 2, Start + (3 * Hour));
        Command(context, 1, Start + (4 * Hour), "DeleteRule", "3", refusal: null);

        context.Database.Migrate();

        context.SensorLimits.AsNoTracking().AsEnumerable().Select(row => (row.SensorKey, UnixMicroseconds.From(row.Until)))
            .ShouldBe([(1, Start + (4 * Hour)), (2, Start + (4 * Hour)), (3, Start + (4 * Hour))]);
    }

    public void Dispose() => _folder.Dispose();

    private VibeDashContext Before()
    {
        var context = _folder.CreateDbContext();
        context.GetService<IMigrator>().Migrate("20261201070000_LearnedBaselines");
        Rule(context, version: 1, Start);
        context.Database.ExecuteSql(
            $"""
            INSERT INTO Sensors (Key, SensorId, Location, BaselineSource, Baseline, BaselineUnit, BaselineAt)
            VALUES (1, 'TYPED', '', 'Manual', 3, 'g', {Start + (2 * Hour)}), (2, 'NAMED', '', NULL, NULL, NULL, NULL), (3, 'OTHER', '', 'Learned', NULL, 'g', {Start + (5 * Hour)})
            """);
        return context;
    }

    private static void Rule(DbContext context, int version, long at) =>
        context.Database.ExecuteSql($"INSERT INTO AlertRules (Id, Version, IsCurrent, Definition, ChangedAt) VALUES (1, {version}, 1, '', {at})");

    private static void Command(DbContext context, int number, long at, string name, string subject, string? refusal) => context.Database.ExecuteSql(
        $"INSERT INTO Commands (Position, Id, At, Actor, Name, Subject, Refusal) VALUES ({number}, {Guid.NewGuid().ToString()}, {at}, 'Ada', {name}, {subject}, {refusal})");
}
