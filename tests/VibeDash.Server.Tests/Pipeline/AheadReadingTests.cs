using System.Text;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Rules;
using VibeDash.Server.Tests.Faults;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>
/// Readings from the future. Regression: one of them made each true reading late for as long as its time had not come, and a Critical was journalled as
/// backfilled and ended. The baseline is 2: Critical above 6, at once above 20.
/// </summary>
public sealed class AheadReadingTests : IDisposable
{
    private const string Sensor = "FUT1";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DatabaseFolder _folder = new();
    private readonly TransactionRunner _runner;
    private int _events;

    public AheadReadingTests()
    {
        _folder.Start();
        _runner = new(_folder, maximumSensors: 100) { Now = Noon };
    }

    [Fact]
    public void The_true_readings_after_one_from_the_future_are_the_present_and_raise_at_once()
    {
        FromTheFuture(level: 20);
        Alerts().ShouldBeEmpty("10 times the baseline, and not more");
        var changes = Arrives(0, 21, at: 0.5);

        (changes.Late, changes.Readings[Sensor].Latest.Level).ShouldBe((0, 21));
        var alert = Alerts().ShouldHaveSingleItem();
        (alert.State, alert.Severity, alert.Level, alert.PeakLevel, alert.IsBackfilled).ShouldBe((AlertState.Unacknowledged, Severity.Critical, 21, 21, false));
        Stored().ShouldBe(5);
    }

    [Fact]
    public void It_has_its_turn_when_the_clock_reaches_it()
    {
        FromTheFuture();

        Ticks(239.9).Readings.ShouldBeEmpty();
        Journal().ShouldBe([(Raised, 0)]);

        Ticks(240).Readings[Sensor].Latest.Timestamp.ShouldBe(At(240));
        Journal().ShouldBe([(Raised, 0), (Cleared, 240)]);
        Alerts().ShouldHaveSingleItem().IsBackfilled.ShouldBeFalse();
        Ticks(241).Readings.ShouldBeEmpty();
    }

    [Fact]
    public void It_has_its_turn_before_a_reading_that_is_newer()
    {
        FromTheFuture();

        var changes = Arrives(250, 30, at: 250);

        (changes.Late, changes.Readings[Sensor].Count, changes.Readings[Sensor].Latest.Timestamp).ShouldBe((0, 2, At(250)));
        Journal().ShouldBe([(Raised, 0), (Cleared, 240), (Raised, 250)]);
    }

    [Fact]
    public void How_far_it_is_ahead_is_told_until_its_turn()
    {
        Arrives(0, 2, at: -2);

        Arrives(0, 2, at: 240).Details[Sensor].ClockOffset.ShouldBe(TimeSpan.FromSeconds(240));
        Arrives(1, 2, at: 1).Details.ShouldBeEmpty();
        Ticks(240).Details[Sensor].ClockOffset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Of_two_senders_with_clocks_apart_the_true_one_is_the_present_and_the_fast_one_ends_nothing_before_its_time()
    {
        for (var second = 0; second < 5; second++)
            Arrives(second, 2, at: second + 290);

        var changes = Arrives(5, 30, at: 5);
        (changes.Late, changes.Readings[Sensor].Latest.Level).ShouldBe((0, 30));
        Alerts().ShouldHaveSingleItem().State.ShouldBe(AlertState.Unacknowledged);

        for (var second = 6; second < 10; second++)
            Arrives(second, 2, at: second + 290).Readings.ShouldBeEmpty();
        Arrives(10, 21, at: 10).Readings[Sensor].Latest.Level.ShouldBe(21);
        Ticks(289);
        Journal().ShouldBe([(Raised, 5)]);

        Ticks(290);
        Journal().ShouldBe([(Raised, 5), (Cleared, 290)]);
        Alerts().ShouldHaveSingleItem().IsBackfilled.ShouldBeFalse();
    }

    [Fact]
    public void A_clock_that_is_fast_from_the_beginning_is_evaluated_at_once_from_the_third_reading_on()
    {
        Arrives(0, 2, at: 240);
        var waits = Arrives(1, 2, at: 241);
        (waits.Readings.Count, waits.Details[Sensor].ClockOffset).ShouldBe((0, TimeSpan.FromSeconds(240)));

        var changes = Arrives(2, 30, at: 242);

        (changes.Readings[Sensor].Count, changes.Readings[Sensor].Latest.Level).ShouldBe((2, 30));
        Journal().ShouldBe([(Raised, 242)]);
        Arrives(3, 2, at: 243);
        Journal().ShouldBe([(Raised, 242), (Cleared, 243)]);
    }

    [Fact]
    public void An_alert_that_the_fast_clock_raised_does_not_end_before_its_time()
    {
        Arrives(0, 30, at: 240);
        Arrives(1, 2, at: 1).Readings[Sensor].Latest.Level.ShouldBe(2);
        Alerts().ShouldHaveSingleItem().State.ShouldBe(AlertState.Unacknowledged);

        Ticks(240);
        Arrives(241, 2, at: 241);

        Journal().ShouldBe([(Raised, 240), (Cleared, 241)]);
    }

    [Fact]
    public void It_waits_again_after_a_restart()
    {
        FromTheFuture();
        Restarts(now: 1);

        Arrives(1, 21, at: 1).Readings[Sensor].Latest.Level.ShouldBe(21);
        Restarts(now: 2);
        Ticks(239).Readings.ShouldBeEmpty();
        Journal().ShouldBe([(Raised, 0)]);

        Ticks(240).Readings[Sensor].Latest.Level.ShouldBe(2);
        Restarts(now: 241);
        Arrives(242, 2, at: 242);
        Journal().ShouldBe([(Raised, 0), (Cleared, 240)]);
    }

    [Fact]
    public void A_critical_reading_that_waits_is_raised_at_its_turn_after_a_restart()
    {
        Arrives(0, 2, at: 0);
        Arrives(1, 30, at: 100);
        Restarts(now: 2);
        Arrives(99, 2, at: 99);

        Ticks(100);

        Alerts().ShouldHaveSingleItem().State.ShouldBe(AlertState.Unacknowledged);
        Journal().ShouldBe([(Raised, 100)]);
    }

    [Fact]
    public void One_whose_time_comes_while_the_server_is_down_has_its_turn_after_the_start()
    {
        Arrives(0, 2, at: 0);
        Arrives(1, 30, at: 100);
        Restarts(now: 200);

        Ticks(200).Readings[Sensor].Latest.Level.ShouldBe(30);

        Journal().ShouldBe([(Raised, 100)]);
        Restarts(now: 201);
        Ticks(201).Readings.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_fast_clock_sent_before_a_restart_is_evaluated_once()
    {
        for (var second = 0; second < 5; second++)
            Arrives(second, second is 2 ? 30 : 2, at: second + 240);
        Journal().ShouldBe([(Raised, 242), (Cleared, 243)]);
        Restarts(now: 5);

        Arrives(5, 30, at: 245).Readings.ShouldBeEmpty();
        Arrives(6, 2, at: 246).Readings.ShouldBeEmpty();
        Arrives(7, 2, at: 247).Readings[Sensor].Latest.Timestamp.ShouldBe(At(247));

        Journal().ShouldBe([(Raised, 242), (Cleared, 243), (Raised, 245), (Cleared, 246)]);
    }

    [Fact]
    public void What_is_on_record_stays_as_it_is_when_its_readings_have_their_turn_again()
    {
        foreach (var (second, level) in ((double, double)[])[(0, 2), (1, 30), (2, 30), (3, 2), (4, 2)])
            Arrives(second, level, at: second + 240);
        Journal().ShouldBe([(Raised, 241), (Cleared, 243)]);
        Restarts(now: 5);

        for (var second = 240; second < 250; second++)
            Ticks(second);
        Journal().ShouldBe([(Raised, 241), (Cleared, 243)]);

        Arrives(250, 30, at: 250);
        Journal().ShouldBe([(Raised, 241), (Cleared, 243), (Raised, 250)]);
    }

    [Fact]
    public void A_true_reading_between_those_that_have_their_turn_again_raises_at_once()
    {
        foreach (var (second, level) in ((double, double)[])[(0, 2), (1, 2), (2, 30), (3, 2), (4, 2)])
            Arrives(second, level, at: second + 240);
        Restarts(now: 5);
        Ticks(242);

        Arrives(242.5, 30, at: 242.5);
        Journal().ShouldBe([(Raised, 242), (Cleared, 243), (Raised, 242.5)]);

        Ticks(243);
        Journal().ShouldBe([(Raised, 242), (Cleared, 243), (Raised, 242.5), (Cleared, 243)]);
    }

    [Fact]
    public void A_rule_on_the_clock_is_evaluated_with_the_next_reading()
    {
        _runner.Run(commit: true, new PutRuleCommand(
            null, new("Clock", AlertScope.All, new(ConditionKind.ClockOff), [new(Severity.Advisory, 60, 60, AlertDelay.AtOnce)]), new("Ada"), Noon));
        Arrives(0, 2, at: 0);
        Arrives(1, 2, at: 241);
        Alerts().ShouldBeEmpty();

        Arrives(2, 2, at: 2);
        var alert = Alerts().ShouldHaveSingleItem();
        (alert.Kind, alert.State, alert.Level, alert.Unit).ShouldBe((ConditionKind.ClockOff, AlertState.Unacknowledged, 240, "s"));

        Ticks(241);
        Arrives(242, 2, at: 242);
        Journal().ShouldBe([(Raised, 2), (Cleared, 242)]);
    }

    [Fact]
    public void A_clock_that_is_behind_is_told_and_its_readings_are_the_present()
    {
        _runner.Run(commit: true, new PutRuleCommand(
            null, new("Clock", AlertScope.All, new(ConditionKind.ClockOff), [new(Severity.Advisory, 60, 60, AlertDelay.AtOnce)]), new("Ada"), Noon));
        for (var second = 0; second < 60; second += 10)
            (Arrives(second, 2, at: second - 600).Readings[Sensor].Count, Alerts().Length).ShouldBe((1, 0));

        Arrives(60, 2, at: -540).Details[Sensor].ClockOffset.ShouldBe(TimeSpan.FromSeconds(-600));
        var alert = Alerts().ShouldHaveSingleItem();
        (alert.Kind, alert.State, alert.Level, alert.Unit).ShouldBe((ConditionKind.ClockOff, AlertState.Unacknowledged, 600, "s"));

        Arrives(70, 2, at: 70).Details[Sensor].ClockOffset.ShouldBe(TimeSpan.Zero);
        Journal().ShouldBe([(Raised, -540), (Cleared, 70)]);
    }

    [Fact]
    public void A_late_reading_of_a_fast_clock_is_late()
    {
        for (var second = 0; second < 5; second++)
            Arrives(second, 2, at: second + 240);

        var changes = Arrives(5, 30, at: -3600);

        (changes.Late, changes.Readings.Count).ShouldBe((1, 0));
        Alerts().ShouldHaveSingleItem().IsBackfilled.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Once_the_clock_has_passed_all_the_journal_is_that_of_the_order(bool restarts)
    {
        const int Sensors = 20;
        const int Seconds = 60;
        var random = new Random(20261130);

        // For each sensor a reading every second, and in between one from the future, sent with them.
        var arrivals = new List<(double Arrival, string SensorId, double At)>();
        for (var sensor = 0; sensor < Sensors; sensor++)
        {
            arrivals.AddRange(Enumerable.Range(0, 2 * Seconds).Select(second => ((double)second, $"S{sensor}", (double)second)));
            arrivals.AddRange(Enumerable.Range(1, Seconds - 1).Where(_ => random.Next(3) == 0)
                .Select(second => (second + 0.25, $"S{sensor}", second + random.Next(6, 50) + 0.5)).DistinctBy(ahead => ahead.Item3));
        }

        var sent = new List<string>();
        foreach (var second in arrivals.OrderBy(arrival => arrival.Arrival).GroupBy(arrival => (int)arrival.Arrival))
        {
            sent.AddRange(second.Select(arrival => Id(arrival.SensorId, arrival.At)));
            _runner.Run(commit: true, second.Select(arrival => Event(arrival.SensorId, arrival.Arrival, Level(), arrival.At, Id(arrival.SensorId, arrival.At))));
            if (random.Next(3) > 0)
                Ticks(second.Key + 0.5);
            if (restarts && random.Next(10) == 0)
                Restarts(second.Key + 1);
        }

        var stored = StoredRecord.Load(_folder.Folder);
        stored.ShouldBeAllOf(sent);
        stored.Journal.Count.ShouldBeGreaterThan(100);
        stored.Journal.ShouldAllBe(entry => !entry.IsBackfilled);

        double Level() => random.Next(4) switch { 0 => random.Next(2) == 0 ? 7 : 21, 1 => 5, _ => 2 };
        static string Id(string sensorId, double at) => FormattableString.Invariant($"{sensorId} {at:000.0}");
    }

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    private void FromTheFuture(double level = 30)
    {
        Arrives(0, 2, at: -4);
        Arrives(0, 2, at: -2);
        Arrives(0, 2, at: 240).Readings.ShouldBeEmpty();
        Arrives(0, level, at: 0);
    }

    /// <summary>A reading arrives in a transaction of its own.</summary>
    private ChangeSet Arrives(double second, double level, double at) => _runner.Run(commit: true, Event(Sensor, second, level, at, $"event-{++_events}"));

    private ChangeSet Ticks(double second) => _runner.Run(commit: true, new ClockTick(At(second), listeningSince: null, presentSince: At(second)));

    private void Restarts(double now)
    {
        _runner.Now = At(now);
        _runner.Fail();
    }

    private Alert[] Alerts()
    {
        using var context = _folder.CreateDbContext();
        return [.. context.Alerts.AsNoTracking().OrderBy(row => row.Id).AsEnumerable().Select(row => row.ToAlert())];
    }

    private (AlertTrigger Trigger, double Second)[] Journal()
    {
        using var context = _folder.CreateDbContext();
        return [.. context.AlertTransitions.AsNoTracking().OrderBy(row => row.Position).AsEnumerable().Select(row => (row.Trigger, (row.At - Noon).TotalSeconds))];
    }

    private long Stored() => StoredRecord.Count(_folder.Folder);

    private static DateTimeOffset At(double second) => Noon.AddSeconds(second);

    private static Sources.InboundMessage Event(string sensorId, double arrival, double level, double at, string eventId) => PostedEvents.Message(
        Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $$"""
            {"eventId":"{{eventId}}","eventType":"VibrationRecorded","timestamp":"{{At(at).UtcDateTime:O}}",
             "data":{"sensorId":"{{sensorId}}","vibrationLevel":{{level}},"baselineVibrationLevel":2,"unit":"m/s²"} }
            """)),
        At(arrival), () => { });
}
