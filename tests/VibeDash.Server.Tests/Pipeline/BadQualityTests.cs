using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Ranges;
using VibeDash.Server.Tests.Faults;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>Readings that are not good: stored, and neither evaluated nor counted. The baseline is 2: Critical above 6. Seconds are those after noon.</summary>
public sealed class BadQualityTests : IDisposable
{
    private const string Sensor = "Q1";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SensorFacts Facts = new("Hall 1, Pump 1", null, null, null, null);

    private readonly DatabaseFolder _folder = new();
    private readonly TransactionRunner _runner;
    private int _events;

    public BadQualityTests()
    {
        _folder.Start();
        _runner = new(_folder, maximumSensors: 100) { Now = Noon };
    }

    [Theory]
    [InlineData("now", 10)]
    [InlineData("late", -10)]
    [InlineData("ahead of the clock", 250)]
    public void It_raises_nothing_and_is_not_the_present(string when, double second)
    {
        for (var i = 0; i < 5; i++)
            Arrives(i, 2);

        var changes = Arrives(second, 25, ReadingQuality.Bad, arrival: 10);

        (changes.Stored, changes.Late, changes.Readings.Count).ShouldBe((1, 0, 0), when);
        Journal().ShouldBeEmpty();
        Arrives(11, 2).Readings[Sensor].Latest.Level.ShouldBe(2);

        // Its time comes, and it ends no silence, either.
        Ticks(251);
        Alerts().ShouldHaveSingleItem().Kind.ShouldBe(ConditionKind.NoData);
        Journal().ShouldBe([(Raised, 71)]);
        Stored().ShouldBe([2, 2, 2, 2, 2, 25, 2], ignoreOrder: true);
    }

    [Fact]
    public void It_ends_no_alert_and_counts_in_no_on_delay()
    {
        // Warning above 4 needs three in a row.
        Arrives(0, 5);
        Arrives(1, 5);
        Arrives(2, 5, ReadingQuality.Uncertain);
        Journal().ShouldBeEmpty();

        Arrives(3, 5);
        Arrives(4, 1, ReadingQuality.Bad);
        Journal().ShouldBe([(Raised, 3)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_ends_no_silence_and_the_alert_says_why(bool restarts)
    {
        for (var i = 0; i <= 10; i++)
            Arrives(i, 2);
        // A restart leaves the sensor a minute more.
        for (var i = 11; i <= 130; i++)
        {
            Arrives(i, 25, i % 2 == 0 ? ReadingQuality.Bad : ReadingQuality.Stale);
            Ticks(i + 0.5);
            if (restarts && i == 50)
                Restarts(50.6);
        }

        var raised = Alerts().ShouldHaveSingleItem();
        (raised.Kind, raised.State).ShouldBe((ConditionKind.NoData, AlertState.Unacknowledged));
        Causes().ShouldBe([AlertCause.Of(TransitionCause.NotGood, ReadingQuality.Stale)]);

        Arrives(131, 2);
        Journal().Select(entry => entry.Trigger).ShouldBe([Raised, Cleared]);
        Journal()[^1].Second.ShouldBe(131);
    }

    [Fact]
    public void It_is_shown_when_it_comes_instead_of_good_ones_until_a_good_one_comes()
    {
        Arrives(0, 2);
        Arrives(1, 9, ReadingQuality.Bad).Details.ShouldBeEmpty();
        Arrives(2, 2).Details.ShouldBeEmpty();

        for (var i = 3; i < 32; i++)
            Arrives(i, 9, ReadingQuality.Bad).Details.ShouldBeEmpty();
        var details = Arrives(32, 9, ReadingQuality.Stale).Details[Sensor];
        (details.NotGoodSince, details.Quality).ShouldBe((At(3), ReadingQuality.Bad));
        Arrives(33, 9, ReadingQuality.Bad).Details.ShouldBeEmpty();

        Arrives(34, 2).Details[Sensor].NotGoodSince.ShouldBeNull();
    }

    [Fact]
    public void A_sensor_may_begin_with_it_and_has_no_level_until_a_good_one_comes_even_after_a_restart()
    {
        var changes = Arrives(0, 25, ReadingQuality.Bad);
        (changes.Readings.Count, changes.Added[Sensor].Level, changes.Details[Sensor].NotGoodSince).ShouldBe((0, 25, At(0)));

        Restarts(1);
        Arrives(1, 25, ReadingQuality.Bad).Added.ShouldBeEmpty();
        Restarts(2);

        // Older than the first bad one: it is the sensor's level all the same, and no late reading.
        changes = Arrives(-1, 2, arrival: 2);
        (changes.Late, changes.Readings[Sensor].Latest.Level).ShouldBe((0, 2));
        Arrives(2, 2).Details[Sensor].NotGoodSince.ShouldBeNull();
        Arrives(3, 21).Readings[Sensor].Latest.Level.ShouldBe(21);
        Journal().ShouldBe([(Raised, 3)]);
    }

    [Fact]
    public void A_gateway_that_sends_the_last_value_again_as_stale_is_heard()
    {
        Arrives(0, 2);

        var changes = Arrives(0, 2, ReadingQuality.Stale, arrival: 60);

        (changes.Duplicates, changes.Details[Sensor].NotGoodSince).ShouldBe((0, At(0).AddMicroseconds(1)));
        Restarts(61);
        Arrives(61, 2).Details[Sensor].NotGoodSince.ShouldBeNull();
    }

    [Fact]
    public void It_teaches_no_baseline_and_no_look_back_counts_it()
    {
        Arrives(0, 5);
        Arrives(1, 5);
        for (var i = 2; i < 300; i++)
            Arrives(i, 1, ReadingQuality.Bad);
        Restarts(300);

        // The third in a row.
        Arrives(300, 5);

        Journal().ShouldBe([(Raised, 300)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(3600)]
    [InlineData(86_400)]
    public void No_width_of_history_counts_it_and_each_tells_when_it_was(int width)
    {
        // Two hours, the second half of the first bad, in a random order over several blocks; some stay in the table.
        const int Readings = 7200;
        var random = new Random(20261201);
        int[] order = [.. Enumerable.Range(0, Readings)];
        random.Shuffle(order.AsSpan(0, 5000));
        for (var first = 0; first < Readings; first += 600)
            _runner.Run(commit: true, order[first..(first + 600)].Select(i => Event(i, Level(i), IsBad(i) ? ReadingQuality.Bad : ReadingQuality.Good, arrival: Readings)));

        using var history = new HistoryConnection(_folder);
        var key = history.Find(Sensor)!.Value;
        var (from, to) = (UnixMicroseconds.From(Noon), UnixMicroseconds.From(At(Readings - 1)));
        var (buckets, found, _, _) = history.Buckets(key, from, to, width * 1000L, "m/s²");

        found.ShouldBe(width * 1000L);
        var expected = Enumerable.Range(0, Readings).Where(i => !IsBad(i)).GroupBy(i => Rollup.StartOf(UnixMicroseconds.From(At(i)), width * 1_000_000L) / 1000).OrderBy(bucket => bucket.Key).ToArray();
        buckets.Select(bucket => (bucket.Start, bucket.Count, bucket.Min, bucket.Max)).ShouldBe(
            expected.Select(bucket => (bucket.Key, (long)bucket.Count(), bucket.Min(Level), bucket.Max(Level))));
        history.BadMinutes(key, from, to, width * 1000L).ShouldBe([new(At(1800).ToUnixTimeMilliseconds(), At(3600).ToUnixTimeMilliseconds(), ReadingQuality.Bad)]);
        history.BadMinutes(key, UnixMicroseconds.From(At(3600)), to, width * 1000L).ShouldBeEmpty();
        history.BadMinutes(key, UnixMicroseconds.From(At(3500)), to, width * 1000L).Single().From.ShouldBe(At(3480).ToUnixTimeMilliseconds());
        StoredReadingsOf(_folder).ShouldBe((Readings, Readings - 1800));

        static bool IsBad(int i) => i is >= 1800 and < 3600;
        static double Level(int i) => IsBad(i) ? 1000 : Math.Round(2 + (i % 100 / 100.0), 2);
    }

    [Fact]
    public void Bad_minutes_of_several_hours_and_qualities_are_told_apart()
    {
        foreach (var (minute, quality) in ((int, ReadingQuality)[])[(0, ReadingQuality.Stale), (59, ReadingQuality.Bad), (60, ReadingQuality.Bad), (125, ReadingQuality.Uncertain)])
            Arrives(60 * minute, 9, quality);

        using var history = new HistoryConnection(_folder);
        var spans = history.BadMinutes(history.Find(Sensor)!.Value, UnixMicroseconds.From(Noon), UnixMicroseconds.From(At(86_000)), 60_000);

        spans.Select(span => ((span.From - Noon.ToUnixTimeMilliseconds()) / 60_000, (span.To - Noon.ToUnixTimeMilliseconds()) / 60_000, span.Quality)).ShouldBe(
        [
            (0, 1, ReadingQuality.Stale), (59, 60, ReadingQuality.Stale), (60, 61, ReadingQuality.Bad), (125, 126, ReadingQuality.Uncertain),
        ]);
    }

    [Fact]
    public void In_a_database_of_before_all_readings_are_good()
    {
        using var old = new DatabaseFolder();
        using (var context = old.CreateDbContext())
            context.Database.Migrate("20261130040000_WaitingReadings");
        old.Fill(3000, 3000);

        old.Start();

        using var runner = new TransactionRunner(old, maximumSensors: 100) { Now = Noon.AddHours(1) };
        var reading = new Reading("VB-1", Noon.AddHours(1), "bad", 25, 4, "m/s²") { Quality = ReadingQuality.Bad };
        runner.Run(commit: true, new InboundMessage(new(new SourceMessage("a/b", Array.Empty<byte>()), reading.Timestamp, posted: true), new(new VibrationEvent(reading, Facts, null), null), _ => { }));
        StoredReadingsOf(old).ShouldBe((3001, 3000));
        using var history = new HistoryConnection(old);
        history.Buckets(1, UnixMicroseconds.From(Noon), UnixMicroseconds.From(Noon.AddDays(1)), 86_400_000, "m/s²").Buckets.Sum(bucket => bucket.Count).ShouldBe(3000);
        history.BadMinutes(1, UnixMicroseconds.From(Noon), UnixMicroseconds.From(Noon.AddDays(1)), 1000).Length.ShouldBe(1);
    }

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    private ChangeSet Arrives(double second, double level, ReadingQuality quality = ReadingQuality.Good, double? arrival = null) =>
        _runner.Run(commit: true, Event(second, level, quality, arrival ?? second));

    private ChangeSet Ticks(double second) => _runner.Run(commit: true, new ClockTick(At(second), listeningSince: Noon.AddHours(-1), presentSince: Noon.AddHours(-1)));

    private void Restarts(double now)
    {
        _runner.Now = At(now);
        _runner.Fail();
    }

    private InboundMessage Event(double second, double level, ReadingQuality quality, double arrival)
    {
        var reading = new Reading(Sensor, At(second), $"event-{++_events}", level, 2, "m/s²") { Quality = quality };
        return new(new(new SourceMessage("a/b", Array.Empty<byte>()), At(arrival), posted: true), new(new VibrationEvent(reading, Facts, null), null), _ => { });
    }

    private Alert[] Alerts()
    {
        using var context = _folder.CreateDbContext();
        return [.. context.Alerts.AsNoTracking().OrderBy(row => row.Id).AsEnumerable().Select(row => row.ToAlert())];
    }

    private AlertCause[] Causes()
    {
        using var context = _folder.CreateDbContext();
        return [.. context.AlertTransitions.AsNoTracking().OrderBy(row => row.Position).AsEnumerable().Select(row => row.ToTransition().Cause).OfType<AlertCause>()];
    }

    private (AlertTrigger Trigger, double Second)[] Journal()
    {
        using var context = _folder.CreateDbContext();
        return [.. context.AlertTransitions.AsNoTracking().OrderBy(row => row.Position).AsEnumerable().Select(row => (row.Trigger, (row.At - Noon).TotalSeconds))];
    }

    private double[] Stored()
    {
        using var context = _folder.CreateDbContext();
        return [.. context.Readings.AsNoTracking().Select(row => row.Level)];
    }

    private static (int All, int Good) StoredReadingsOf(DatabaseFolder folder)
    {
        var (all, good) = (0, 0);
        foreach (var portion in new ReadingStream(folder).Read(1, Noon, At(86_400)))
        {
            all += portion.Count;
            good += portion.Qualities.Count(ReadingQuality.Good);
        }

        return (all, good);
    }

    private static DateTimeOffset At(double second) => Noon.AddSeconds(second);
}
