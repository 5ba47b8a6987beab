using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>A database from before baselines had a demand, a number of readings and a run level.</summary>
public sealed class LearnedBaselineMigrationTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_772_366_400);

    private readonly DatabaseFolder _folder = new();

    [Fact]
    public void Baselines_learned_and_being_learned_go_on()
    {
        using (var context = _folder.CreateDbContext())
        {
            context.GetService<IMigrator>().Migrate("20261130040000_WaitingReadings");
            Sensor(context, 1, "LEARNED", level: 3.5, deviation: 0.25);
            Sensor(context, 2, "LEARNING", level: null, deviation: null);
        }

        _folder.Start();
        using var opened = _folder.CreateDbContext();
        var state = StateLoader.Load(opened, Start.AddDays(1)).State;

        state.Sensors["LEARNED"].Baseline.ShouldBe(new Baseline(BaselineSource.Learned, 3.5, "m/s²", Start, "Ada") { Deviation = 0.25 });
        var learning = state.Sensors["LEARNING"];
        learning.Baseline.ShouldBe(new Baseline(BaselineSource.Learned, null, "m/s²", Start, "Ada"));
        (learning.RunLevel, learning.Details().Learning).ShouldBe((null, new LearningProgress(60, 59 / 60.0, 0, null)));
        state.Awaited.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    // Sixty readings, one a minute.
    private static void Sensor(DbContext context, int key, string id, double? level, double? deviation)
    {
        var start = Start.ToUnixTimeSeconds() * 1_000_000;
        context.Database.ExecuteSql(
            $"""
            INSERT INTO Sensors (Key, SensorId, Location, BaselineSource, Baseline, BaselineDeviation, BaselineUnit, BaselineAt, BaselineBy)
            VALUES ({key}, {id}, 'Hall 1', 'Learned', {level}, {deviation}, 'm/s²', {start}, 'Ada');
            WITH RECURSIVE numbers(n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM numbers WHERE n < 59)
            INSERT INTO Readings (SensorKey, Timestamp, EventId, Level, Baseline, Unit)
            SELECT {key}, {start} + n * 60000000, 'event-' || n, 4.0, 0, 'm/s²' FROM numbers;
            """);
    }
}
