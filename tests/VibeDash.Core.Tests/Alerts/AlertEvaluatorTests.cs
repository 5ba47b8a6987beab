using System.Collections.Immutable;
using VibeDash.Core.Alerts;
using VibeDash.Core.Sensors;
using VibeDash.Core.Tests.Sensors;
using static VibeDash.Core.Alerts.AlertState;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AlertEvaluatorTests
{
    public static TheoryData<string, int, double[], AlertState> Sequences => new()
    {
        { "nothing yet", 3, [], Normal },
        { "below the threshold", 3, [1, 1.9, 1], Normal },
        { "at the threshold is not above it", 1, [2, 2, 2], Normal },
        { "a hair above it is", 1, [2.0000001], Active },
        { "hold 1 raises at once", 1, [2.1], Active },
        { "one of three", 3, [2.1], Pending },
        { "two of three", 3, [2.1, 2.1], Pending },
        { "three of three", 3, [2.1, 2.1, 2.1], Active },
        { "an interruption starts the count again", 3, [2.1, 2.1, 2.0, 2.1, 2.1], Pending },
        { "and it may be completed then", 3, [2.1, 2.1, 2.0, 2.1, 2.1, 2.1], Active },
        { "subsiding is no alert", 3, [2.1, 2.1, 1.9], Normal },
        { "below the threshold and above recovery it stays raised", 1, [2.1, 1.9, 1.51], Active },
        { "at the recovery threshold it clears", 1, [2.1, 1.5], Normal },
        { "below the recovery threshold it clears", 1, [2.1, 0], Normal },
        { "cleared, it can be raised again", 1, [2.1, 1, 2.1], Active },
        { "cleared, it needs the whole hold duration again", 3, [2.1, 2.1, 2.1, 1, 2.1, 2.1], Pending },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Readings_lead_to_a_state(string why, int hold, double[] levels, AlertState state)
    {
        var sensor = new Watched(Watched.Warning(hold)).Sees(levels);

        (sensor.Alerts.Length == 0 ? Normal : sensor.Alerts.Single().State).ShouldBe(state, why);
    }

    [Fact]
    public void A_pending_alert_has_no_number_and_no_journal()
    {
        var sensor = new Watched(Watched.Warning(hold: 3)).Sees(2.1, 2.3);

        var pending = sensor.Alerts.ShouldHaveSingleItem();
        (pending.Id, pending.State, pending.Readings, pending.Level, pending.PeakLevel, pending.IsOpen).ShouldBe((0, Pending, 2, 2.3, 2.3, false));
        (pending.RaisedAt, pending.Since).ShouldBe((null, Watched.At(0)));
        sensor.Sees(1);
        sensor.Alerts.ShouldBeEmpty();
        sensor.Journal.ShouldBeEmpty();
        (sensor.Numbers.LastAlertId, sensor.Numbers.LastPosition).ShouldBe((0, 0));
    }

    [Fact]
    public void An_alert_says_what_raised_it()
    {
        var rule = Watched.Warning(hold: 3);
        var sensor = new Watched(rule).Sees(1, 2.5).Sees(2.2, 1, "shaking").Sees(2.1);

        sensor.Alerts.ShouldHaveSingleItem().ShouldBe(
            new Alert(1, "VB-1", rule.Id, rule.Version, rule.Name, rule.Severity, Active, Watched.At(1), 3, 2.1, 2.0, 2.5, "m/s²", "shaking")
            {
                RaisedAt = Watched.At(3),
            });
        sensor.Journal.Select(change => change.Transition).ShouldBe(
        [
            new AlertTransition(1, 1, Normal, Pending, Watched.At(1), null, null, null),
            new AlertTransition(2, 1, Pending, Active, Watched.At(3), 2.1, null, null),
        ]);
    }

    [Fact]
    public void Raised_at_once_it_was_never_pending()
    {
        var sensor = new Watched(Watched.Warning(hold: 1)).Sees(2.5);

        sensor.Moves.ShouldBe([(Normal, Active)]);
        sensor.Alerts[0].RaisedAt.ShouldBe(Watched.At(0));
    }

    [Fact]
    public void The_peak_is_the_highest_level_since_the_start_and_is_kept_when_it_falls()
    {
        var sensor = new Watched(Watched.Warning(hold: 2)).Sees(2.9, 2.1);
        sensor.Alerts[0].PeakLevel.ShouldBe(2.9);

        sensor.Sees(5, 3, 1.9);
        (sensor.Alerts[0].PeakLevel, sensor.Alerts[0].Level).ShouldBe((5, 2.1));

        sensor.Sees(1);
        sensor.Journal[^1].Alert.PeakLevel.ShouldBe(5);
    }

    [Fact]
    public void A_cleared_alert_leaves_with_its_time_and_level()
    {
        var sensor = new Watched(Watched.Warning(hold: 1)).Sees(2.5, 1.2);

        sensor.Alerts.ShouldBeEmpty();
        var (transition, alert) = sensor.Journal[^1];
        transition.ShouldBe(new AlertTransition(2, 1, Active, Cleared, Watched.At(1), 1.2, null, null));
        (alert.State, alert.ClearedAt, alert.IsOpen).ShouldBe((Cleared, Watched.At(1), false));
    }

    [Fact]
    public void Acknowledging_keeps_the_name_the_note_and_the_time()
    {
        var sensor = new Watched(Watched.Warning(hold: 1)).Sees(2.5);

        sensor.Acknowledge("  Ada  ", "  bearing ordered ").ShouldBeTrue();
        var (transition, alert) = sensor.Journal[^1];
        transition.ShouldBe(new AlertTransition(2, 1, Active, Acknowledged, Watched.Start.AddHours(1), null, "Ada", "bearing ordered"));
        (alert.AcknowledgedBy, alert.Note, alert.AcknowledgedAt, alert.IsOpen).ShouldBe(("Ada", "bearing ordered", Watched.Start.AddHours(1), true));

        sensor.Sees(3, 1);
        sensor.Moves.ShouldBe([(Normal, Active), (Active, Acknowledged), (Acknowledged, Cleared)]);
        (sensor.Journal[^1].Alert.AcknowledgedBy, sensor.Journal[^1].Alert.PeakLevel).ShouldBe(("Ada", 3));
    }

    [Theory]
    [InlineData(Normal, false)]
    [InlineData(Pending, false)]
    [InlineData(Active, true)]
    [InlineData(Acknowledged, false)]
    [InlineData(Cleared, false)]
    public void Only_an_active_alert_can_be_acknowledged(AlertState state, bool possible)
    {
        var alert = new Watched(Watched.Warning(hold: 1)).Sees(2.5).Alerts[0] with { State = state };
        var numbers = new JournalNumbers(1, 1);

        var change = AlertEvaluator.Acknowledge(alert, new("Ada", " "), Watched.Start, numbers);

        (change is not null).ShouldBe(possible);
        numbers.LastPosition.ShouldBe(possible ? 2 : 1);
        change?.Alert.Note.ShouldBeNull();
    }

    [Fact]
    public void Without_a_baseline_nothing_is_judged()
    {
        var sensor = new Watched(Watched.Warning(hold: 1)).Sees(100, 0, null);
        sensor.Alerts.ShouldBeEmpty();

        sensor.Sees(2.5).Sees(0, 0, null);
        sensor.Alerts.ShouldHaveSingleItem().State.ShouldBe(Active);
    }

    [Fact]
    public void The_threshold_follows_the_baseline_of_the_reading()
    {
        var sensor = new Watched(Watched.Warning(hold: 1)).Sees(8, 4, null);
        sensor.Alerts.ShouldBeEmpty();

        sensor.Sees(8.1, 4, null).Alerts[0].Threshold.ShouldBe(8);
    }

    [Fact]
    public void The_seed_event_is_critical_at_once_and_its_warning_still_pending()
    {
        VibrationEventParser.TryParse(SeedEvent.Bytes, SeedEvent.ReceivedAt, out var seed, out _).ShouldBeTrue();
        var journal = new List<AlertChange>();

        var alerts = AlertEvaluator.Evaluate([], seed.Reading, seed.SystemMessage, AlertRule.Defaults, new(0, 0), journal);

        alerts.Single(alert => alert.IsOpen).ShouldBe(
            new Alert(1, "VB-42345", 2, 1, "Level above 3 × baseline", Severity.Critical, Active, seed.Reading.Timestamp, 1, 12.5, 12, 12.5, "m/s²", seed.SystemMessage)
            {
                RaisedAt = seed.Reading.Timestamp,
            });
        alerts.Single(alert => !alert.IsOpen).Severity.ShouldBe(Severity.Warning);
        journal.ShouldHaveSingleItem().Transition.ShouldBe(new AlertTransition(1, 1, Normal, Active, seed.Reading.Timestamp, 12.5, null, null));
    }

    [Fact]
    public void Rules_go_their_own_ways()
    {
        var sensor = new Watched(Watched.Warning(hold: 1), Watched.Critical()).Sees(2.2, 3.5, 2.4, 1);

        sensor.Journal.Select(change => (change.Alert.Severity, change.Transition.To)).ShouldBe(
        [
            (Severity.Warning, Active), (Severity.Critical, Active), (Severity.Critical, Cleared), (Severity.Warning, Cleared),
        ]);
        sensor.Journal.Select(change => change.Transition.Position).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Numbers_go_on_from_the_last_committed_ones()
    {
        var sensor = new Watched(Watched.Warning(hold: 2)) { Numbers = new(41, 100) }.Sees(2.5, 2.5);

        sensor.Alerts[0].Id.ShouldBe(42);
        sensor.Journal.Select(change => change.Transition.Position).ShouldBe([101, 102]);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void When_nothing_changes_the_same_alerts_come_back(double level)
    {
        var sensor = new Watched(Watched.Warning(hold: 1), Watched.Critical()).Sees(2.5);
        var open = sensor.Alerts;
        var unchanged = sensor.Sees(2.4).Alerts;
        (unchanged == open).ShouldBeTrue();

        ImmutableArray<Alert> none = [];
        var evaluated = AlertEvaluator.Evaluate(none, new("VB-1", Watched.Start, "e", level, 1, "g"), null, AlertRule.Defaults, new(0, 0), sensor.Journal);
        (evaluated == none).ShouldBeTrue();
    }

    [Fact]
    public void What_goes_in_is_not_modified()
    {
        var before = new Watched(Watched.Warning(hold: 1)).Sees(2.5).Alerts;
        var alert = before[0];
        var copy = alert with { };

        AlertEvaluator.Evaluate(before, new("VB-1", Watched.At(1), "e", 1, 1, "m/s²"), null, [Watched.Warning(hold: 1)], new(1, 1), []).ShouldBeEmpty();

        before.ShouldHaveSingleItem().ShouldBeSameAs(alert);
        alert.ShouldBe(copy);
    }
}
