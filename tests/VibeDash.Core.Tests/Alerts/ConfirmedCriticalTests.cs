using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>The default rule: a reading above the Critical threshold is shown at once, and is Critical when others confirm it.</summary>
public sealed class ConfirmedCriticalTests
{
    private const string Says = "Vibration level recorded exceeds the acceptable threshold. Immediate inspection required.";

    private static readonly AlertRule Rule = AlertRule.Defaults[0];

    // Interval in seconds; multiples of the baseline; the severity after each reading, in lower case while a Critical is not confirmed ("-" for none).
    [Theory]
    [InlineData(600, "3.1", "u")]
    [InlineData(600, "3.1 1", "u -")]
    [InlineData(600, "3.1 2.9", "u -")]
    [InlineData(600, "3", "-")]
    [InlineData(600, "3.1 3.1 3.1", "u u C")]
    [InlineData(600, "3.1 3.1 2.9 3.1 3.1 3.1", "u u W Wu Wu C")]
    [InlineData(600, "2.1 2.1 3.1 3.1 3.1", "- - Wu Wu C")]
    [InlineData(600, "2.1 2.1 2.1 3.1 1", "- - W Wu -")]
    [InlineData(5, "3.1 3.1 3.1", "u u C")]
    [InlineData(4.9, "3.1 3.1 3.1 3.1", "u u Wu C")]
    [InlineData(1, "3.1 3.1 3.1 3.1 3.1 3.1 3.1 3.1 3.1 3.1 3.1", "u u Wu Wu Wu Wu Wu Wu Wu Wu C")]
    [InlineData(1, "3.1 3.1 3.1 3.1 3.1 3.1 3.1 3.1 3.1 2.9 3.1", "u u Wu Wu Wu Wu Wu Wu Wu W Wu")]
    [InlineData(600, "10", "u")]
    [InlineData(600, "10.1", "C")]
    [InlineData(600, "3.1 10.1", "u C")]
    [InlineData(600, "10 10.5", "u C")]
    [InlineData(600, "2.1 2.1 2.1 10.1", "- - W C")]
    [InlineData(600, "10.1 2.8", "C C")]
    [InlineData(600, "10.1 2.7 3.1 3.1 3.1", "C W Wu Wu C")]
    public void It_is_unconfirmed_until_the_third_reading_in_a_row_and_ten_seconds(double interval, string levels, string expected)
    {
        var sensor = new Watched(Rule);
        var seen = new List<string>();
        foreach (var level in levels.Split(' '))
        {
            sensor.Sees(Watched.Reading(sensor.Readings.Count * interval, double.Parse(level, System.Globalization.CultureInfo.InvariantCulture)));
            seen.Add(Shown(sensor));
        }

        string.Join(' ', seen).ShouldBe(expected);
    }

    [Fact]
    public void A_single_one_raises_no_alert_and_writes_no_journal()
    {
        var sensor = new Watched(Rule).Sees(1, 9.9, 1);

        sensor.Journal.ShouldBeEmpty();
        sensor.Watch.IsCriticalUnconfirmed.ShouldBeFalse();
    }

    [Fact]
    public void The_confirmed_alert_began_with_the_first_reading_and_tells_the_level_of_the_last()
    {
        var sensor = new Watched(Rule);
        foreach (var (at, level) in new[] { (0.0, 3.5), (600, 4.5), (1200, 4) })
            sensor.Sees(Watched.Reading(at, level));

        var alert = sensor.Alert;
        (alert.Severity, alert.Level, alert.Threshold, alert.Since, alert.RaisedAt).ShouldBe((Severity.Critical, 4, 3, Watched.At(0), Watched.At(1200)));
        sensor.Triggers.ShouldBe([Raised]);
    }

    [Theory]
    [InlineData(Says, 3.125, "C")]
    [InlineData("Critical!", 3.1, "C")]
    [InlineData("OK", 3.1, "u")]
    [InlineData("normal", 9.9, "u")]
    [InlineData(null, 9.9, "u")]
    [InlineData(Says, 3, "-")]
    [InlineData(Says, 2.5, "-")]
    public void A_level_above_the_threshold_that_the_sender_calls_critical_is_critical_at_once(string? message, double level, string expected)
    {
        var sensor = new Watched(Rule).Sees(Watched.Reading(0, level) with { Message = message });

        Shown(sensor).ShouldBe(expected);
        if (expected == "C")
            sensor.Alert.Message.ShouldBe(message);
    }

    [Fact]
    public void A_warning_worsens_at_once_by_the_senders_word()
    {
        var sensor = new Watched(Rule).Sees(2.1, 2.1, 2.1);

        sensor.Sees(Watched.Reading(3, 3.1) with { Message = Says });

        sensor.Triggers.ShouldBe([Raised, Worsened]);
        Shown(sensor).ShouldBe("C");
    }

    [Fact]
    public void The_senders_word_skips_no_delay_of_a_rule_without_a_threshold_for_it()
    {
        var sensor = new Watched(Sample.Multiple(warningHold: 3, criticalHold: 3)).Sees(Watched.Reading(0, 30) with { Message = Says });

        Shown(sensor).ShouldBe("u");
    }

    [Fact]
    public void Every_rule_of_levels_may_skip_its_delay()
    {
        AlertTier[] rising = [new(Severity.Critical, 3, 2.7, new(5)) { AtOnce = 6 }], falling = [new(Severity.Critical, 3, 3.3, new(5)) { AtOnce = 1 }];
        AlertTier[] difference = [new(Severity.Critical, 3, 2.7, new(5)) { AtOnce = 6 }];

        Shown(new Watched(Sample.Rule(new(ConditionKind.LevelAbove) { Unit = "m/s²" }, rising)).Sees(6)).ShouldBe("u");
        Shown(new Watched(Sample.Rule(new(ConditionKind.LevelAbove) { Unit = "m/s²" }, rising)).Sees(6.1)).ShouldBe("C");
        Shown(new Watched(Sample.Rule(new(ConditionKind.LevelAbove) { Unit = "m/s²", IsInclusive = true }, rising)).Sees(6)).ShouldBe("C");
        Shown(new Watched(Sample.Rule(new(ConditionKind.LevelBelow) { Unit = "m/s²" }, falling)).Sees(1)).ShouldBe("u");
        Shown(new Watched(Sample.Rule(new(ConditionKind.LevelBelow) { Unit = "m/s²" }, falling)).Sees(0.9)).ShouldBe("C");
        Shown(new Watched(Sample.Rule(new(ConditionKind.DifferenceAbove) { Unit = "m/s²" }, difference)).Sees(7)).ShouldBe("u");
        Shown(new Watched(Sample.Rule(new(ConditionKind.DifferenceAbove) { Unit = "m/s²" }, difference)).Sees(7.1)).ShouldBe("C");
    }

    [Fact]
    public void A_threshold_that_skips_the_delay_is_converted_to_the_unit_of_the_sensor()
    {
        var rule = Sample.Rule(new(ConditionKind.LevelAbove) { Unit = "g" }, new AlertTier(Severity.Critical, 0.2, 0.1, new(5)) { AtOnce = 1 });

        Shown(new Watched(rule).Sees(9.8)).ShouldBe("u");
        Shown(new Watched(rule).Sees(9.9)).ShouldBe("C");
    }

    [Fact]
    public void A_baseline_that_is_gone_ends_it()
    {
        var sensor = new Watched(Rule).Sees(5);
        sensor.Watch.IsCriticalUnconfirmed.ShouldBeTrue();

        sensor.Sees(Watched.Reading(1, 5, baseline: 0));

        sensor.Watch.IsCriticalUnconfirmed.ShouldBeFalse();
    }

    [Fact]
    public void A_standstill_ends_it_whether_the_level_or_a_report_tells_it()
    {
        var byLevel = new Watched(Rule.Gated(runLevel: 2)).Sees(5);
        byLevel.Watch.IsCriticalUnconfirmed.ShouldBeTrue();
        byLevel.Sees(1.9).Watch.IsCriticalUnconfirmed.ShouldBeFalse();

        var byReport = new Watched(Rule.GatedByState()).Sees(5);
        byReport.Watch.IsCriticalUnconfirmed.ShouldBeTrue();
        byReport.Watch.Follow(new([new(Watched.At(1), false)]), Watched.At(1), byReport.Writer);
        byReport.Watch.IsCriticalUnconfirmed.ShouldBeFalse();
        byReport.Journal.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_not_shown_for_a_kind_that_is_shelved_nor_out_of_service()
    {
        var shelved = new Watched(Rule);
        shelved.Shelves(ConditionKind.BaselineMultiple, Watched.At(1000));
        shelved.Sees(5).Watch.IsCriticalUnconfirmed.ShouldBeFalse();

        var other = new Watched(Rule, Sample.Stuck(50));
        other.Shelves(ConditionKind.Stuck, Watched.At(1000));
        other.Sees(5).Watch.IsCriticalUnconfirmed.ShouldBeTrue();

        other.Watch.SetOutOfService(true, Watched.At(1), "Ada", "repair", null, other.Writer);
        other.Watch.IsCriticalUnconfirmed.ShouldBeFalse();
    }

    [Fact]
    public void It_survives_a_restart_and_counts_on()
    {
        var sensor = new Watched(Rule).Sees(Watched.Reading(0, 5)).Sees(Watched.Reading(600, 5)).Restarts();
        Shown(sensor).ShouldBe("u");

        Shown(sensor.Sees(Watched.Reading(1200, 5))).ShouldBe("C");
    }

    [Fact]
    public void A_late_reading_confirms_it_or_takes_it_back()
    {
        var confirmed = new Watched(Rule).Sees(Watched.Reading(0, 5)).Sees(Watched.Reading(1200, 5)).SeesLate(Watched.Reading(600, 5));
        (Shown(confirmed), confirmed.Alert.RaisedAt).ShouldBe(("C", Watched.At(1200)));

        var broken = new Watched(Rule).Sees(Watched.Reading(0, 5)).Sees(Watched.Reading(1200, 5)).SeesLate(Watched.Reading(600, 1));
        Shown(broken.Sees(Watched.Reading(1800, 5))).ShouldBe("u");
    }

    [Fact]
    public void A_late_reading_does_not_ease_what_the_sender_called_critical()
    {
        var sensor = new Watched(Rule).Sees(2.5, 2.5, 2.5);
        var said = Watched.Reading(3, 3.1);
        sensor.Sees(said with { Message = Says });
        Shown(sensor).ShouldBe("C");

        // Messages are not stored: the record stands for it.
        sensor.Readings[^1] = said with { Reached = Severity.Critical };
        sensor.SeesLate(Watched.Reading(1.5, 2.5));

        Shown(sensor).ShouldBe("C");
        sensor.Triggers.ShouldBe([Raised, Worsened]);
    }

    [Fact]
    public void A_late_reading_that_the_sender_called_critical_is_on_record()
    {
        var sensor = new Watched(Rule).Sees(1).Sees(Watched.Reading(100, 1)).SeesLate(Watched.Reading(50, 3.1) with { Message = Says });

        var raised = sensor.Journal[0];
        (raised.Transition.Trigger, raised.Transition.IsBackfilled, raised.Alert.Severity, raised.Transition.At).ShouldBe((Raised, true, Severity.Critical, Watched.At(50)));
    }

    private static string Shown(Watched sensor)
    {
        var holds = sensor.Watch.Alerts.FirstOrDefault(alert => alert is { Facts.IsActive: true })?.Severity.ToString()[..1];
        return (holds + (sensor.Watch.IsCriticalUnconfirmed ? "u" : "")) is { Length: > 0 } shown ? shown : "-";
    }
}
