using System.Text;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Rules;
using VibeDash.Server.Tests.Faults;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>Silences over hours, with outages of a broker and restarts of the server. The clock ticks every 20 s.</summary>
public sealed class SilenceTests : IDisposable
{
    private const int Hour = 3600;

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DatabaseFolder _folder = new();
    private readonly TransactionRunner _runner;
    private double _listeningSince, _ticked;
    private int _events;

    public SilenceTests()
    {
        _folder.Start();
        _runner = new(_folder, maximumSensors: 100) { Now = Noon };
    }

    // Regression: each outage began the count of all silences again, so a limit of hours was never reached.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_outage_each_hour_does_not_hide_a_silence(bool restarts)
    {
        AddRule(3 * Hour);
        TicksUntil(60);
        Arrives("VB-1", 60);

        // 60 s of each hour are an outage, or 10 s before the stop and 50 s until the start.
        for (var hour = 1; hour < 6; hour++)
        {
            TicksUntil(hour * Hour);
            Outage(hour * Hour, 60, restarts);
            Arrives("VB-2", (hour * Hour) + 60);
        }

        var (trigger, at) = Journal().ShouldHaveSingleItem();
        trigger.ShouldBe(Raised);
        at.ShouldBeInRange(60 + (3 * Hour) + 180, 60 + (3 * Hour) + 180 + (restarts ? 240 : 80));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sensor_with_few_readings_is_silent_after_25_hours_also_after_a_restart(bool restarts)
    {
        Arrives("FEW-1", 60);
        Arrives("FEW-1", 120);
        _ticked = 120;
        TicksUntil(12 * Hour);
        if (restarts)
            Restarts(12 * Hour);
        TicksUntil((25 * Hour) + 121);
        Journal().ShouldBeEmpty();

        TicksUntil((25 * Hour) + (restarts ? 300 : 160));
        var (trigger, at) = Journal().ShouldHaveSingleItem();
        trigger.ShouldBe(Raised);
        at.ShouldBeInRange((25 * Hour) + 120, (25 * Hour) + (restarts ? 200 : 120));
        Alerts().ShouldHaveSingleItem().State.ShouldBe(AlertState.Unacknowledged);

        Arrives("FEW-1", 26 * Hour);
        Journal()[1].ShouldBe((Cleared, 26 * Hour));
    }

    [Fact]
    public void A_sensor_whose_clock_is_slow_is_not_silent_after_a_restart_while_it_sends()
    {
        for (var second = 0; second < 600; second += 10)
            Sends(second);
        Restarts(610);
        TicksUntil(660);
        for (var second = 660; second < 1200; second += 10)
            Sends(second);
        Journal().ShouldBeEmpty();

        TicksUntil(1300);
        Journal().ShouldHaveSingleItem().Trigger.ShouldBe(Raised);

        void Sends(double second)
        {
            TicksUntil(second);
            Arrives("SLOW-1", second, at: second - (5 * Hour));
        }
    }

    [Fact]
    public void While_the_server_does_not_run_nothing_is_silent()
    {
        for (var second = 0; second < 600; second += 10)
        {
            TicksUntil(second);
            Arrives("VB-1", second);
        }

        Restarts(600, startedAt: 24 * Hour);
        TicksUntil((24 * Hour) + 81);
        Journal().ShouldBeEmpty();

        TicksUntil((24 * Hour) + 101);
        Journal().ShouldBe([(Raised, (24 * Hour) + 80)]);
    }

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    private void AddRule(double seconds) => _runner.Run(commit: true, new PutRuleCommand(
        2, new("Silent", AlertScope.All, new(ConditionKind.NoData), [new(Severity.Warning, seconds, seconds, AlertDelay.AtOnce)]) { Version = 1 }, new("Ada"), Noon));

    private void TicksUntil(double second)
    {
        for (; _ticked < second; _ticked += 20)
            _runner.Run(commit: true, new ClockTick(At(_ticked), At(_listeningSince), At(_listeningSince)));
    }

    private void Outage(double from, double seconds, bool restarts)
    {
        if (restarts)
        {
            Restarts(from + 10, from + seconds);
            return;
        }

        for (; _ticked < from + seconds; _ticked += 20)
            _runner.Run(commit: true, new ClockTick(At(_ticked), listeningSince: null, presentSince: null));
        _listeningSince = from + seconds;
    }

    private void Restarts(double at, double? startedAt = null)
    {
        _runner.Fail();
        _runner.Now = At(startedAt ?? at);
        _ticked = _listeningSince = startedAt ?? at;
    }

    private void Arrives(string sensorId, double second, double? at = null) => _runner.Run(commit: true, PostedEvents.Message(
        Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $$"""
            {"eventId":"event-{{++_events}}","eventType":"VibrationRecorded","timestamp":"{{At(at ?? second).UtcDateTime:O}}",
             "data":{"sensorId":"{{sensorId}}","vibrationLevel":1,"baselineVibrationLevel":2,"unit":"m/s²"} }
            """)),
        At(second), () => { }));

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

    private static DateTimeOffset At(double second) => Noon.AddSeconds(second);
}
