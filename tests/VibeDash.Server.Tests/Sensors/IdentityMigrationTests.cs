using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.DeadLetters;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sensors;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Pipeline;

namespace VibeDash.Server.Tests.Sensors;

/// <summary>A database from before sensors had former ids, commands had details and dead letters were counted by reason and topic.</summary>
public sealed class IdentityMigrationTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_772_366_400);

    private readonly DatabaseFolder _folder = new();

    [Fact]
    public async Task Everything_is_as_it_was_and_a_sensor_of_then_can_be_renamed_merged_and_deleted()
    {
        using (var context = _folder.CreateDbContext())
        {
            context.GetService<IMigrator>().Migrate("20261201020000_SensorUnits");
            var start = Start.ToUnixTimeSeconds() * 1_000_000;
            context.Database.ExecuteSql(
                $"""
                INSERT INTO Sensors (Key, SensorId, Location) VALUES (3, 'A', 'Hall 1'), (7, 'B', 'Hall 1'), (9, 'C', 'Hall 1');
                INSERT INTO Readings (SensorKey, Timestamp, EventId, Level, Baseline, Unit) SELECT Key, {start}, 'event', Key, 0, 'g' FROM Sensors;
                INSERT INTO Commands (Position, Id, At, Actor, Name, Subject) VALUES (1, {Guid.NewGuid().ToString()}, {start}, 'Ada', 'DeleteRule', '3');
                INSERT INTO DeadLetters (ReceivedAt, Topic, Reason, Detail, PayloadBytes, IsWhole, KeptBytes, Attempts, Posted, PacketId, Redelivered, Retained, Payload)
                SELECT {start}, 'sensors/' || SensorId, 'MalformedJson', 'no', 2, 1, 100, 0, 0, Key, 0, 0, x'7B7D' FROM Sensors WHERE Key < 9 UNION ALL
                SELECT {start}, 'sensors/A', 'MalformedJson', 'no', 2, 1, 100, 0, 0, 20, 0, 0, x'7B7D';
                """);
        }

        _folder.Start();
        using (var runner = new TransactionRunner(_folder))
        {
            var before = State();
            before.Sensors.Values.Select(sensor => (sensor.SensorId, sensor.Latest.Level)).ShouldBe([("A", 3), ("B", 7), ("C", 9)], ignoreOrder: true);
            (before.Aliases.Count, before.LastSensorKey, before.DeadLetters.Count, before.DeadLetters.KeptBytes).ShouldBe((0, 9, 3, 300));
            var groups = await new DeadLetterReader(_folder).GroupsAsync(new(), TestContext.Current.CancellationToken);
            groups.Select(group => (group.Topic, group.Count)).ShouldBe([("sensors/A", 2), ("sensors/B", 1)], ignoreOrder: true);
            runner.Run(commit: true, Change("A", SensorChangeKind.Rename, "A1"));
            runner.Run(commit: true, Change("B", SensorChangeKind.Merge, "A1"));
            runner.Run(commit: true, Change("C", SensorChangeKind.Delete, null));
        }

        var state = State();
        state.Sensors.Keys.ShouldBe(["A1"]);
        state.Aliases.OrderBy(alias => alias.Key).Select(alias => (alias.Key, alias.Value)).ShouldBe([("A", "A1"), ("B", "A1")]);
        state.LastSensorKey.ShouldBe(9, "the key of the deleted one is not given again");
        using var opened = _folder.CreateDbContext();
        opened.Commands.AsNoTracking().OrderBy(row => row.Position).Select(row => row.Detail).ShouldBe([null, "A1: typing error", "A1: typing error", "typing error"]);
    }

    public void Dispose() => _folder.Dispose();

    private PipelineState State()
    {
        using var context = _folder.CreateDbContext();
        return StateLoader.Load(context, Start.AddDays(1)).State;
    }

    private static ChangeSensorCommand Change(string sensorId, SensorChangeKind kind, string? to) => new(sensorId, new(kind, to, "typing error"), new Actor("Ada"), Start, () => null);
}
