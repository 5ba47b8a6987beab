using System.Text;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Alerts;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Rules;
using VibeDash.Server.Tests.Faults;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>
/// Two lines: on line B 20 sensors, on line A 8, each with a reading every 10 s, so that they are silent after 80 s. One alert for what falls silent at once.
/// </summary>
public sealed class CommonSilenceTests : IDisposable
{
    private const string LineA = "place/Line A";
    private const string LineB = "place/Line B";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] OfA = [.. Enumerable.Range(1, 8).Select(i => $"A-{i}")];
    private static readonly string[] OfB = [.. Enumerable.Range(1, 20).Select(i => $"B-{i:00}")];

    private readonly DatabaseFolder _folder = new();
    private readonly TransactionRunner _runner;
    private int _second;
    private int _listeningSince;
    private int _events;

    public CommonSilenceTests()
    {
        _folder.Start();
        _runner = new(_folder, maximumSensors: 100) { Now = Noon };
        Run(100, [.. OfA, .. OfB]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_that_falls_silent_is_one_alert_and_ends_as_one(bool restarts)
    {
        Run(100, OfB);
        Restart(restarts);
        Run(100, OfB);

        var alert = Asking().ShouldHaveSingleItem();
        (alert.SensorId, alert.Level, alert.Threshold, alert.Unit, alert.Severity, alert.RuleName).ShouldBe((LineA, 8, 8, "sensors", Severity.Warning, "Sensor silent"));
        Silent().ShouldBe(OfA);
        Open().Where(open => open.SensorId != LineA).ShouldAllBe(open => open.State == AlertState.SuppressedByDesign);

        _runner.Run(commit: true, new AlertCommand(new(Acknowledged) { AlertIds = [alert.Id] }, new("Ada"), Noon.AddSeconds(_second)));
        Asking().ShouldBeEmpty();
        Restart(restarts);
        Run(30, [.. OfA, .. OfB]);

        Open().ShouldBeEmpty();
        JournalOf(LineA).ShouldBe([Raised, Acknowledged, Cleared]);
        JournalOf("A-1").ShouldBe([Suppressed, Raised, Cleared, Unsuppressed]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Those_that_stay_silent_when_the_others_are_back_become_silences_of_their_own(bool restarts)
    {
        Run(200, OfB);
        Run(60, [.. OfB, .. OfA[2..]]);
        Asking().ShouldHaveSingleItem().State.ShouldBe(AlertState.ReturnedUnacknowledged);

        Restart(restarts);
        Run(60, [.. OfB, .. OfA[2..]]);

        Asking().Where(alert => alert.State == AlertState.Unacknowledged).Select(alert => alert.SensorId).ShouldBe(["A-1", "A-2"]);
        JournalOf("A-1").ShouldBe([Suppressed, Raised, Unsuppressed]);
        Run(20, [.. OfA, .. OfB]);
        Asking().ShouldAllBe(alert => alert.State == AlertState.ReturnedUnacknowledged);
    }

    [Fact]
    public void Half_of_all_is_one_alert()
    {
        Run(200, [.. OfA[..4], .. OfB[..6]]);

        var alert = Asking().ShouldHaveSingleItem();
        (alert.SensorId, alert.Level, alert.Threshold).ShouldBe((CommonSubject.All, 18, 28));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void Fewer_than_five_or_than_half_are_single_silences(int silent)
    {
        string[] few = silent == 4 ? OfA[..4] : OfB[..9];
        Run(200, [.. OfA.Concat(OfB).Except(few)]);

        Asking().Select(alert => alert.SensorId).ShouldBe(few);
    }

    [Fact]
    public void Sensors_that_fall_silent_one_after_the_other_have_nothing_in_common()
    {
        for (var dead = 1; dead <= 5; dead++)
            Run(720, [.. OfA[dead..], .. OfB]);

        Asking().Select(alert => alert.SensorId).ShouldBe(OfA[..5]);
    }

    [Fact]
    public void What_was_told_already_joins()
    {
        // One falls silent two minutes before the others: it is told, and then part of it.
        Run(120, [.. OfA[1..], .. OfB]);
        Asking().ShouldHaveSingleItem().SensorId.ShouldBe("A-1");

        Run(120, OfB);

        Asking().ShouldHaveSingleItem().SensorId.ShouldBe(LineA);
        JournalOf("A-1").ShouldBe([Raised, Suppressed]);
    }

    [Fact]
    public void One_that_falls_silent_long_after_the_others_is_told_by_itself()
    {
        Run(200, [.. OfB, OfA[7]]);
        Asking().ShouldHaveSingleItem().SensorId.ShouldBe(LineA);

        Run(900, [.. OfB, OfA[7]]);
        Run(200, OfB);

        Asking().Select(alert => alert.SensorId).ShouldBe([OfA[7], LineA]);
    }

    [Fact]
    public void It_is_as_severe_as_the_worst_of_the_silences_that_it_tells()
    {
        var critical = new AlertRule("Pump", new(ScopeKind.Sensor, "A-5"), new(ConditionKind.NoData), [new(Severity.Critical, 100, 100, AlertDelay.AtOnce)]);
        _runner.Run(commit: true, new PutRuleCommand(null, critical, new("Ada"), Noon.AddSeconds(_second)));

        Run(200, OfB);

        var alert = Asking().ShouldHaveSingleItem();
        (alert.SensorId, alert.Severity).ShouldBe((LineA, Severity.Critical));
    }

    [Fact]
    public void When_no_rule_evaluates_silences_any_more_it_says_so()
    {
        Run(200, OfB);
        var now = Noon.AddSeconds(_second);
        foreach (var rule in (int[])[1, 2, 3])
            _runner.Run(commit: true, new DeleteRuleCommand(rule, new("Ada"), now));
        Run(20, OfB);

        var alert = Asking().ShouldHaveSingleItem();
        (alert.SensorId, alert.State, alert.IsUnevaluated).ShouldBe((LineA, AlertState.ReturnedUnacknowledged, true));
    }

    [Fact]
    public void Shelved_it_is_shelved_as_one_until_its_time_is_over()
    {
        Run(200, OfB);
        var now = Noon.AddSeconds(_second);
        _runner.Run(commit: true, new AlertCommand(
            new(Shelved) { AlertIds = [Asking().Single().Id], Note = "The gateway is replaced.", Until = now.AddSeconds(100) }, new("Ada"), now));

        Run(60, OfB);
        Asking().ShouldBeEmpty();
        Run(60, OfB);

        Asking().ShouldHaveSingleItem().SensorId.ShouldBe(LineA);
    }

    [Fact]
    public void After_an_outage_of_the_broker_that_all_survive_there_is_none()
    {
        for (var end = _second + 600; _second < end; _second++)
            _runner.Run(commit: true, new ClockTick(Noon.AddSeconds(_second), listeningSince: null, presentSince: null));
        _listeningSince = _second;
        Run(200, [.. OfA, .. OfB]);

        Open().ShouldBeEmpty();
    }

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    // A tick each 2 s, and each 10 s a reading of those that send.
    private void Run(int seconds, string[] sending)
    {
        for (var end = _second + seconds; _second < end; _second += 2)
        {
            _runner.Run(commit: true, [
                .. _second % 10 == 0 ? sending.Select(Reading) : [],
                new ClockTick(Noon.AddSeconds(_second), Noon.AddSeconds(_listeningSince), Noon.AddSeconds(_listeningSince)),
            ]);
        }
    }

    private void Restart(bool restarts)
    {
        if (!restarts)
            return;
        _runner.Fail();
        _runner.Now = Noon.AddSeconds(_second);
        _listeningSince = _second;
    }

    private WorkItem Reading(string sensorId) => PostedEvents.Message(
        Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $$"""
            {"eventId":"event-{{++_events}}","eventType":"VibrationRecorded","timestamp":"{{Noon.AddSeconds(_second).UtcDateTime:O}}",
             "sensorLocation":"Line {{sensorId[0]}}, Machine {{sensorId[2..]}}",
             "data":{"sensorId":"{{sensorId}}","vibrationLevel":1,"baselineVibrationLevel":2,"unit":"m/s²"} }
            """)),
        Noon.AddSeconds(_second), () => { });

    private Alert[] Open()
    {
        using var context = _folder.CreateDbContext();
        return [.. context.Alerts.AsNoTracking().Where(row => row.State != AlertState.Normal).OrderBy(row => row.SensorId).AsEnumerable().Select(row => row.ToAlert())];
    }

    private Alert[] Asking() => [.. Open().Where(alert => alert.IsUnacknowledged)];

    private string[] Silent() => [.. Open().Where(alert => alert is { Facts.IsActive: true, Kind: ConditionKind.NoData } && !CommonSubject.Is(alert.SensorId)).Select(alert => alert.SensorId)];

    private AlertTrigger[] JournalOf(string subject)
    {
        using var context = _folder.CreateDbContext();
        return [.. context.AlertTransitions.AsNoTracking().OrderBy(row => row.Position)
            .Join(context.Alerts.Where(alert => alert.SensorId == subject), row => row.AlertId, alert => alert.Id, (row, _) => row.Trigger)];
    }
}
