using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Segments;
using VibeDash.Server.Tests.Faults;

namespace VibeDash.Server.Tests.Sensors;

/// <summary>The rows of a deleted sensor are deleted in steps, whatever their number.</summary>
public sealed class RemovedSensorTests : IDisposable
{
    private const int Segments = 1000;

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DatabaseFolder _folder = new();

    public RemovedSensorTests()
    {
        _folder.Start();
        using var context = _folder.CreateDbContext();

        // A segment of 1,024 readings takes about 25 KB. Sensor 8 is another, and alert 4 is of a new sensor with the id of the deleted one.
        context.Database.ExecuteSqlRaw(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Segments})
            INSERT INTO Segments (SensorKey, Start, "End", Count, Minutes, Readings) SELECT 7, i * 10, i * 10 + 5, 1024, randomblob(1000), randomblob(25000) FROM n;
            INSERT INTO Segments (SensorKey, Start, "End", Count, Minutes, Readings) VALUES (8, 10, 15, 1024, NULL, NULL);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO Readings (SensorKey, Timestamp, EventId, Level, Baseline, Unit, IsSuspect) SELECT 7 + i % 2, i, i, 1, 0, 'g', 0 FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO Rollups (SensorKey, Tier, Bucket, Count, Min, Max, Sum, Last, LastAt) SELECT 7 + i % 2, 3600, i, 1, 1, 1, 1, 1, 1 FROM n;
            INSERT INTO RemovedSensors (Key, SensorId, LastAlertId) VALUES (7, 'X', 3);
            """);
        for (var id = 1; id <= 4; id++)
        {
            context.Alerts.Add(new() { Id = id, SensorId = id == 2 ? "Y" : "X", RuleName = "r", Unit = "g", Level = 1, Threshold = 1, PeakLevel = 1 });
            context.AlertTransitions.Add(new() { Position = id, AlertId = id, At = Noon });
        }

        context.SaveChanges();
    }

    [Fact]
    public void A_step_deletes_a_bounded_number_of_rows_and_all_are_gone_in_the_end()
    {
        var (steps, slowest) = (0, TimeSpan.Zero);
        for (var before = Rows(); Count("RemovedSensors") > 0; steps++)
        {
            var watch = Stopwatch.StartNew();

            // Each with a connection of its own, like after a restart.
            using (var session = new StorageSession(_folder, new HistoryOptions { ReadingDays = 36500, MinuteDays = 36500 }))
            {
                session.Begin();
                session.Readings.Prune(Noon);
                session.Commit();
            }

            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            var after = Rows();
            (before.Segments - after.Segments).ShouldBeInRange(0, RemovedSensorPruner.Segments);
            (before.Others - after.Others).ShouldBeInRange(0, RemovedSensorPruner.Rows);
            before = after;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Segments} segments in {steps} steps, the slowest {slowest.TotalMilliseconds:0} ms");
        steps.ShouldBe(((Segments + 63) / 64) + 2 + 2 + 1 + 1 + 1);
        (Count("Segments"), Count("Readings"), Count("Rollups")).ShouldBe((1, 2500, 2500));
        using var context = _folder.CreateDbContext();
        context.Alerts.Select(alert => alert.Id).ToArray().ShouldBe([2, 4], ignoreOrder: true);
        context.AlertTransitions.Select(entry => entry.AlertId).ToArray().ShouldBe([2, 4], ignoreOrder: true);
    }

    public void Dispose() => _folder.Dispose();

    private (long Segments, long Others) Rows() => (Count("Segments"), Count("Readings") + Count("Rollups") + Count("Alerts") + Count("AlertTransitions"));

    private long Count(string table)
    {
        using var context = _folder.CreateDbContext();
#pragma warning disable EF1002 // One of the names above.
        return context.Database.SqlQueryRaw<long>($"SELECT count(*) AS Value FROM {table}").Single();
#pragma warning restore EF1002
    }
}
