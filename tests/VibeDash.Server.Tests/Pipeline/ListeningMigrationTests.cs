using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>A database from before senders, and the times in which no message was missed, were on record.</summary>
public sealed class ListeningMigrationTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_772_366_400);

    private readonly DatabaseFolder _folder = new();

    [Fact]
    public void Sensors_of_Sparkplug_have_their_edge_node_as_sender_and_the_time_since_the_latest_reading_was_an_outage()
    {
        using (var context = _folder.CreateDbContext())
        {
            context.GetService<IMigrator>().Migrate("20261201040000_AlertEpisodes");
            var start = Start.ToUnixTimeSeconds() * 1_000_000;
            context.Database.ExecuteSql(
                $"""
                INSERT INTO Sensors (Key, SensorId, Location, Source) VALUES
                    (1, 'NODE', '', 'spBv1.0/plant/gw-7'), (2, 'DEVICE', '', 'spBv1.0/plant/gw-7'), (3, 'SEED', '', 'VibrationSensor'), (4, 'NONE', '', NULL), (5, 'TEXT', '', 'spBv1.0');
                INSERT INTO Readings (SensorKey, Timestamp, EventId, Level, Baseline, Unit) SELECT Key, {start} + Key * 60000000, 'event', 1, 0, 'g' FROM Sensors;
                """);
        }

        _folder.Start();
        using var opened = _folder.CreateDbContext();
        var state = StateLoader.Load(opened, Start.AddDays(1)).State;

        state.Sensors.Values.Select(sensor => (sensor.SensorId, sensor.Sender?.Name)).ShouldBe(
            [("NODE", "spBv1.0/plant/gw-7"), ("DEVICE", "spBv1.0/plant/gw-7"), ("SEED", null), ("NONE", null), ("TEXT", null)], ignoreOrder: true);
        state.Sensors["NODE"].Sender.ShouldBeSameAs(state.Sensors["DEVICE"].Sender);
        state.Outages.ListenedUntil.ShouldBe(Start.AddMinutes(5), "nothing tells when the server stopped after it");

        // From the first tick on: no silence between is a sensor's own.
        state.Outages.Observe(Start.AddHours(3), Start.AddHours(3)).ShouldBeTrue("it is put on record");
        state.Outages.Missed(Start).ShouldBe(TimeSpan.FromMinutes(175));
    }

    public void Dispose() => _folder.Dispose();
}
