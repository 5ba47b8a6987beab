using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage.Ranges;
using VibeDash.Server.Storage.Segments;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Server.Tests.Pipeline;

namespace VibeDash.Server.Tests.History;

/// <summary>Data past its retention period is removed, coarser data replaces it, and its space is released.</summary>
public sealed class RetentionTests : IDisposable
{
    private const int Readings = 40_000;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DatabaseFolder _folder = new();

    public RetentionTests() => _folder.Start();

    [Fact]
    public void Single_readings_go_after_their_days_and_those_of_alerts_and_the_newest_stay()
    {
        // One reading per minute for 27.8 days; an alert on the third day, from 10:00 for an hour.
        Store(level: i => i is >= 3480 and < 3540 ? 42 : 4);

        Pass(now: Start.AddDays(40), new HistoryOptions { ReadingDays = 20 });

        using var context = _folder.CreateDbContext();
        var cutoff = Start.AddDays(20);
        var alert = context.Alerts.Single();
        (alert.RaisedAt, alert.ClearedAt).ShouldBe((Start.AddMinutes(3480), Start.AddMinutes(3540)));
        var kept = context.Segments.AsNoTracking().Where(segment => segment.Readings != null).OrderBy(segment => segment.Start).ToArray();
        kept.Where(segment => segment.End < cutoff).ShouldAllBe(segment => segment.Start <= alert.ClearedAt && segment.End >= alert.RaisedAt);
        kept.ShouldContain(segment => segment.Start <= alert.RaisedAt && segment.End >= alert.RaisedAt);
        context.Segments.Where(segment => segment.End >= cutoff).ShouldAllBe(segment => segment.Readings != null);
        context.Segments.Where(segment => segment.End < cutoff && segment.Readings == null).Count().ShouldBeGreaterThan(20);
        context.Readings.Count().ShouldBeGreaterThanOrEqualTo(SegmentWriter.NeverCompacted);

        // A request for seconds returns minutes where only these are kept, and seconds during the alert.
        Read(Start.AddDays(8), Start.AddDays(8).AddHours(1), 1000).Width.ShouldBe(60_000);
        Read(Start.AddDays(8), Start.AddDays(8).AddHours(1), 1000).Count.ShouldBe(61);
        Read(alert.RaisedAt!.Value, alert.ClearedAt!.Value, 1000).Width.ShouldBe(1000);
        Read(Start, Start.AddDays(40), 86_400_000).Count.ShouldBe(Readings);
    }

    [Fact]
    public void The_readings_of_each_time_of_an_alert_stay()
    {
        // One alert on the third day that comes back on the sixth: nobody acknowledged it.
        Store(level: i => i is (>= 3480 and < 3540) or (>= 8000 and < 8060) ? 50 : 4);

        Pass(now: Start.AddDays(40), new HistoryOptions { ReadingDays = 20 });

        using var context = _folder.CreateDbContext();
        var alert = context.Alerts.Single();
        (alert.FirstRaisedAt, alert.PreviousClearedAt, alert.RaisedAt, alert.ClearedAt).ShouldBe(
            (Start.AddMinutes(3480), Start.AddMinutes(3540), Start.AddMinutes(8000), Start.AddMinutes(8060)));
        Read(Start.AddMinutes(3480), Start.AddMinutes(3540), 1000).Width.ShouldBe(1000);
        Read(Start.AddMinutes(8000), Start.AddMinutes(8060), 1000).Width.ShouldBe(1000);
        Read(Start.AddDays(8), Start.AddDays(8).AddHours(1), 1000).Width.ShouldBe(60_000);
    }

    [Fact]
    public void Minutes_go_after_their_days_and_hours_and_days_after_theirs()
    {
        Store(level: _ => 4);

        Pass(now: Start.AddDays(40), new HistoryOptions { ReadingDays = 1, MinuteDays = 15, HourDays = 20, DayDays = 30 });

        Read(Start.AddDays(26), Start.AddDays(26).AddHours(5), 1000).Width.ShouldBe(60_000);
        Read(Start.AddDays(22), Start.AddDays(22).AddHours(5), 1000).Width.ShouldBe(3_600_000);
        Read(Start.AddDays(22), Start.AddDays(22).AddHours(5), 1000).Count.ShouldBe(360);
        Read(Start, Start.AddDays(20).AddHours(-1), 3_600_000).Count.ShouldBe(0);
        Read(Start.AddDays(10), Start.AddDays(12).AddSeconds(-1), 86_400_000).Count.ShouldBe(2880);
        Read(Start, Start.AddDays(9), 86_400_000).Count.ShouldBe(0);
        using var context = _folder.CreateDbContext();
        context.Segments.Where(segment => segment.End < Start.AddDays(20)).ShouldBeEmpty();
    }

    [Fact]
    public void Late_readings_of_a_time_whose_readings_are_gone_are_still_counted()
    {
        Store(level: _ => 4);
        Pass(now: Start.AddDays(40), new HistoryOptions { ReadingDays = 20 });

        Store(level: _ => 7, first: 0, count: 2000, pace: TimeSpan.FromSeconds(61));

        Read(Start, Start.AddDays(40), 86_400_000).Count.ShouldBe(Readings + 2000);
        Read(Start.AddHours(1), Start.AddHours(10).AddSeconds(-1), 60_000).Count.ShouldBe(540 + (9 * 3600 / 61));
    }

    [Fact]
    public void The_space_comes_back()
    {
        Store(level: i => 4 + (Math.Sqrt(i) % 1), isRandom: true);
        _folder.WriteLogHome();
        var before = new FileInfo(_folder.File).Length;

        Pass(now: Start.AddDays(2000), new HistoryOptions());

        _folder.WriteLogHome();
        var after = new FileInfo(_folder.File).Length;
        TestContext.Current.TestOutputHelper!.WriteLine($"{before:N0} bytes, then {after:N0}");
        after.ShouldBeLessThan(before / 2);
        Read(Start, Start.AddDays(40), 86_400_000).Count.ShouldBe(Readings);
    }

    [Fact]
    public void A_database_that_was_pruned_starts_again_with_all_its_sensors()
    {
        Store(level: _ => 4);
        Pass(now: Start.AddDays(5000), new HistoryOptions());

        using var context = _folder.CreateDbContext();
        StateLoader.Load(context, Start.AddDays(5000)).State.Sensors["VB-1"].Latest.Timestamp.ShouldBe(Start.AddMinutes(Readings - 1));
    }

    public void Dispose() => _folder.Dispose();

    private void Store(Func<int, double> level, int first = 0, int count = Readings, TimeSpan? pace = null, bool isRandom = false)
    {
        using var runner = new TransactionRunner(_folder);
        foreach (var portion in Enumerable.Range(first, count).Chunk(1000))
            runner.Run(commit: true, portion.Select(Message));

        InboundMessage Message(int i)
        {
            var at = Start + (i * (pace ?? TimeSpan.FromMinutes(1)));
            var id = isRandom ? Guid.NewGuid().ToString() : string.Create(CultureInfo.InvariantCulture, $"{first}-{pace}-{i}");
            return PostedEvents.Message(Encoding.UTF8.GetBytes(TestSensor.Event(level(i), at, eventId: id)), at, () => { });
        }
    }

    /// <summary>Prunes for an hour, every second like the event loop.</summary>
    private void Pass(DateTimeOffset now, HistoryOptions options)
    {
        using var session = new StorageSession(_folder, options);
        for (var i = 0; i < 3600; i++)
        {
            session.Begin();
            session.Readings.Prune(now.AddSeconds(i));
            session.Commit();
        }
    }

    private (long Width, long Count) Read(DateTimeOffset from, DateTimeOffset to, long width)
    {
        using var context = _folder.CreateDbContext();
        context.Database.OpenConnection();
        using var reader = new BucketReader((SqliteConnection)context.Database.GetDbConnection());
        var (buckets, found, _, _) = reader.Read(1, UnixMicroseconds.From(from), UnixMicroseconds.From(to), width, unit: null);
        return (found, buckets.Sum(bucket => bucket.Count));
    }
}
