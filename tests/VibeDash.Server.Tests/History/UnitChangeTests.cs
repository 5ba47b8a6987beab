using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Ranges;
using VibeDash.Server.Storage.Segments;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Server.Tests.Pipeline;

namespace VibeDash.Server.Tests.History;

/// <summary>A sensor whose unit changes: its history has one unit in every resolution, and its rules compare levels of one unit.</summary>
public sealed class UnitChangeTests : IDisposable
{
    private const double Gravity = 9.80665;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 11, 47, 13, TimeSpan.Zero);

    private static readonly long[] Widths = [1000, 30_000, 60_000, 600_000, 3_600_000, 10_800_000, 86_400_000];

    private readonly DatabaseFolder _folder = new();
    private readonly TransactionRunner _runner;
    private int _next;

    public UnitChangeTests()
    {
        _folder.Start();
        _runner = new(_folder);
    }

    [Fact]
    public void A_history_of_two_units_that_can_be_converted_is_one_without_a_step()
    {
        // 25 minutes each, one reading a second: some compacted, some not.
        Send(Enumerable.Range(0, 1500).Select(second => (second, 0.5, "g")));
        Send(Enumerable.Range(1500, 1500).Select(second => (second, 4.9, "m/s²")));

        foreach (var width in Widths)
        {
            var range = Read(0, 3000, width, "m/s²");
            (range.Unit, range.Cuts.Length, Count(range)).ShouldBe(("m/s²", 0, 3000), $"{width}");
            range.Buckets.ShouldAllBe(bucket => bucket.Min >= 4.9 && bucket.Max <= 0.5 * Gravity + 1e-9 && bucket.Mean >= bucket.Min && bucket.Mean <= bucket.Max);
            range.Buckets[0].Max.ShouldBe(0.5 * Gravity, 1e-9);
        }

        // What is asked in the other unit is the same.
        Read(0, 3000, 600_000, "g").Buckets.ShouldAllBe(bucket => bucket.Min >= 4.9 / Gravity - 1e-9 && bucket.Max <= 0.5 + 1e-9);
    }

    [Fact]
    public void What_cannot_be_converted_is_cut_and_nothing_of_the_rest_is_lost()
    {
        Send(Enumerable.Range(0, 2000).Select(second => (second, 0.5, "g")));
        Send(Enumerable.Range(2000, 4000).Select(second => (second, 4.9, "mm/s")));

        foreach (var width in Widths)
        {
            var range = Read(0, 6000, width, "mm/s");
            (range.Unit, Count(range)).ShouldBe(("mm/s", 4000), $"{width}");
            range.Buckets.ShouldAllBe(bucket => bucket.Min == 4.9 && bucket.Max == 4.9);
            range.Cuts.ShouldBe([new UnitCut(At(0), At(2000), "g")]);

            var before = Read(0, 1999, width, "mm/s");
            (before.Unit, before.Cuts.Length, before.Buckets.Min(bucket => bucket.Min), before.Buckets.Max(bucket => bucket.Max)).ShouldBe(("g", 0, 0.5, 0.5), $"{width}");
        }
    }

    [Fact]
    public void A_unit_that_comes_back_leaves_a_hole_of_the_other()
    {
        Send(Enumerable.Range(0, 1500).Select(second => (second, 0.5, "g")));
        Send(Enumerable.Range(1500, 1500).Select(second => (second, 70.0, "°C")));
        Send(Enumerable.Range(3000, 1500).Select(second => (second, 0.5, "g")));

        foreach (var width in Widths)
        {
            var range = Read(0, 4500, width, "g");
            range.Cuts.ShouldBe([new UnitCut(At(1500), At(3000), "°C")]);
            range.Buckets.ShouldAllBe(bucket => bucket.Min == 0.5 && bucket.Max == 0.5);
            Count(range).ShouldBe(3000, $"{width}");
        }
    }

    [Fact]
    public void A_unit_that_comes_and_goes_within_an_hour_and_a_day_is_counted_once()
    {
        for (var i = 0; i < 6; i++)
            Send(Enumerable.Range(i * 1000, 1000).Select(second => i % 2 == 0 ? (second, 70.0, "°C") : (second, 0.5, "g")));

        foreach (var width in Widths)
        {
            var range = Read(0, 6000, width, "g");
            Count(range).ShouldBe(3000, $"{width}");
            range.Buckets.ShouldAllBe(bucket => bucket.Min == 0.5 && bucket.Max == 0.5);
        }
    }

    [Fact]
    public void A_late_reading_of_another_unit_spoils_no_rollup()
    {
        Send(Enumerable.Range(0, 3000).Select(second => (second * 2, 4.9, "m/s²")));
        Send([(101, 0.5, "g"), (103, 99.0, "furlong")]);
        Send(Enumerable.Range(3000, 3000).Select(second => (second * 2, 4.9, "m/s²")));

        foreach (var width in Widths)
        {
            var range = Read(0, 12_000, width, "m/s²");
            Count(range).ShouldBe(6001, $"{width}");
            range.Buckets.ShouldAllBe(bucket => bucket.Min >= 4.9 && bucket.Max <= 0.5 * Gravity + 1e-9);
        }
    }

    [Theory]
    [InlineData("g", 0.5)]
    [InlineData("furlong", 99.0)]
    public void Two_senders_that_take_turns_with_their_units_keep_the_record_short_and_every_level_right(string unit, double level)
    {
        for (var second = 0; second < 3000; second += 10)
            Send(Enumerable.Range(second, 10).Select(second => second % 20 < 10 ? (second, 4.9, "m/s²") : (second, level, unit)));

        using (var context = _folder.CreateDbContext())
            context.SensorUnits.Count().ShouldBeInRange(2, UnitStretches.Maximum);
        foreach (var width in Widths)
        {
            var range = Read(0, 3000, width, unit);
            var (least, most) = range.Unit switch { "g" => (4.9 / Gravity, 0.5), "furlong" => (99, 99), _ => (4.9, 4.9) };
            range.Buckets.ShouldNotBeEmpty();
            range.Buckets.ShouldAllBe(bucket => bucket.Min >= least - 1e-9 && bucket.Max <= most + 1e-9, $"{width}");
        }
    }

    [Fact]
    public void A_failed_commit_and_a_restart_change_nothing()
    {
        Send(Enumerable.Range(0, 1500).Select(second => (second, 0.5, "g")));
        _runner.Run(commit: false, [Message(1500, 4.9, "mm/s")]);
        Send(Enumerable.Range(1500, 1500).Select(second => (second, 4.9, "mm/s")));
        _runner.Fail();
        Send(Enumerable.Range(3000, 1500).Select(second => (second, 4.9, "mm/s")));

        var range = Read(0, 4500, 60_000, "mm/s");
        (Count(range), range.Cuts.Single().To).ShouldBe((3000, At(1500)));
    }

    [Fact]
    public void The_changes_in_a_database_of_before_are_found_as_far_as_readings_are_kept()
    {
        Send(Enumerable.Range(0, 1500).Select(second => (second, 0.5, "g")));
        Send(Enumerable.Range(1500, 3000).Select(second => (second, 4.9, "m/s²")));
        Forget();
        Read(0, 4500, 3_600_000, "m/s²").Buckets[0].Min.ShouldBe(0.5, "as before: the rollups mix");

        _folder.Start();

        foreach (var width in Widths)
        {
            var range = Read(0, 4500, width, "m/s²");
            Count(range).ShouldBe(4500, $"{width}");
            range.Buckets.ShouldAllBe(bucket => bucket.Min >= 4.9 && bucket.Max <= 0.5 * Gravity + 1e-9);
        }

        using var context = _folder.CreateDbContext();
        context.SensorUnits.AsEnumerable().Select(row => (row.SensorKey, row.From, row.Unit)).ShouldBe([(1, DateTimeOffset.UnixEpoch, "g"), (1, At(1500), "m/s²")]);
    }

    // As the database was before units were recorded: rollups of levels as they were sent.
    private void Forget()
    {
        _runner.Fail();
        using var context = _folder.CreateDbContext();
        context.Database.ExecuteSqlRaw("DELETE FROM SensorUnits");
        context.Database.OpenConnection();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        using (var segments = new SegmentWriter(connection))
            segments.Renew(1);
        context.Database.ExecuteSqlRaw("INSERT INTO SensorUnits (SensorKey, \"From\", Unit) VALUES (0, 0, '')");
    }

    [Fact]
    public void An_on_delay_counts_on_over_the_change_and_counts_no_reading_twice()
    {
        // The default rule: Warning above 2 × baseline in three readings in a row. In g, then in m/s².
        Send([(0, 0.1, "g", 0.2), (1, 0.5, "g", 0.2), (2, 4.9, "m/s²", 1.96)]).ShouldBeEmpty();

        Send([(3, 4.9, "m/s²", 1.96)]).ShouldBe([(AlertTrigger.Raised, 3, 4.9, "m/s²")]);
    }

    [Fact]
    public void An_alert_keeps_its_unit_and_does_not_seem_to_get_worse()
    {
        Send([(0, 2.1, "g", 0.2)]).Select(entry => entry.Trigger).ShouldBe([AlertTrigger.Raised]);

        // 2.1 g is 20.59 m/s².
        Send([(1, 20.7, "m/s²", 1.96), (2, 22.05, "m/s²", 1.96)]).ShouldBeEmpty();
        var alert = Alert();
        (alert.Level, alert.Unit).ShouldBe((2.1, "g"));
        alert.PeakLevel.ShouldBe(22.05 / Gravity, 1e-9);
    }

    [Fact]
    public void A_window_holds_levels_of_one_unit_and_a_baseline_has_not_changed()
    {
        // Neither "baseline changed by more than 10 %", nor a silence, nor anything else.
        Send(Enumerable.Range(0, 40).Select(second => (second, 0.2, "g", 0.2))).ShouldBeEmpty();
        Send(Enumerable.Range(40, 40).Select(second => (second, 1.96, "m/s²", 1.96))).ShouldBeEmpty();
    }

    [Fact]
    public void The_latest_levels_of_a_commit_have_the_unit_of_the_last()
    {
        var span = new ReadingSpan(Reading(0, 0.5, "g"));
        span.Add(Reading(1, 0.7, "g"));
        span.Add(Reading(2, 4.9, "m/s²"));
        (span.Count, span.Min, span.Max, span.Sum / span.Count).ShouldBe((3, 4.9, 4.9, 4.9));
        var later = new ReadingSpan(Reading(3, 70, "°C"));
        later.Add(Reading(4, 72, "°C"));
        span.Add(later);
        (span.Count, span.Min, span.Max, span.Sum / span.Count).ShouldBe((5, 70, 72, 71));
    }

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    private static DateTimeOffset At(double second) => Start.AddSeconds(second);

    private static long Count(BucketRange range) => range.Buckets.Sum(bucket => bucket.Count);

    private static Reading Reading(int second, double level, string unit) => new("VB-1", At(second), $"{second}", level, 0, unit);

    private InboundMessage Message(int second, double level, string unit, double baseline = 0) => PostedEvents.Message(
        Encoding.UTF8.GetBytes(TestSensor.Event(level, At(second), eventId: $"{_next++}")
            .Replace("m/s²", unit, StringComparison.Ordinal)
            .Replace("\"baselineVibrationLevel\":4.0", FormattableString.Invariant($"\"baselineVibrationLevel\":{baseline}"), StringComparison.Ordinal)),
        At(second),
        () => { });

    private void Send(IEnumerable<(int Second, double Level, string Unit)> readings)
    {
        foreach (var portion in readings.Chunk(300))
            _runner.Run(commit: true, portion.Select(reading => Message(reading.Second, reading.Level, reading.Unit)));
    }

    private List<(AlertTrigger Trigger, double Second, double Level, string Unit)> Send(IEnumerable<(int Second, double Level, string Unit, double Baseline)> readings)
    {
        var journal = new List<(AlertTrigger, double, double, string)>();
        foreach (var (second, level, unit, baseline) in readings)
        {
            journal.AddRange(_runner.Run(commit: true, [Message(second, level, unit, baseline)]).Journal
                .Select(change => (change.Transition.Trigger, (change.Transition.At - Start).TotalSeconds, change.Transition.Evaluation?.Level ?? 0, change.Transition.Evaluation?.Unit ?? "")));
        }

        return journal;
    }

    private Alert Alert()
    {
        using var context = _folder.CreateDbContext();
        return context.Alerts.AsEnumerable().Select(row => row.ToAlert()).ShouldHaveSingleItem();
    }

    private BucketRange Read(double from, double to, long width, string present)
    {
        using var history = new HistoryConnection(_folder);
        return history.Buckets(1, UnixMicroseconds.From(At(from)), UnixMicroseconds.From(At(to)), width, present);
    }
}
