using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class SeverityTests
{
    // Warning above 2 for three readings (recovers at 1.5), Critical above 3 at once (recovers at 2.5), baseline 1.
    public static TheoryData<string, double[], AlertTrigger[], Severity> Sequences => new()
    {
        { "warning", [2.1, 2.1, 2.1], [Raised], Severity.Warning },
        { "warning, then critical", [2.1, 2.1, 2.1, 3.1], [Raised, Worsened], Severity.Critical },
        { "critical at once", [3.1], [Raised], Severity.Critical },
        { "critical holds above its recovery threshold", [3.1, 2.6], [Raised], Severity.Critical },
        { "back to warning, which needs no hold as it was worse", [3.1, 2.5], [Raised, Eased], Severity.Warning },
        { "to and fro", [3.1, 2.5, 3.1, 2.4], [Raised, Eased, Worsened, Eased], Severity.Warning },
        { "from critical to nothing", [3.1, 1.5], [Raised, Cleared], Severity.Critical },
        { "step by step", [3.1, 2.5, 1.5], [Raised, Eased, Cleared], Severity.Warning },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void One_alert_worsens_and_eases(string why, double[] levels, AlertTrigger[] triggers, Severity severity)
    {
        var sensor = new Watched(Sample.Multiple(warningHold: 3)).Sees(levels);

        sensor.Triggers.ShouldBe(triggers, why);
        sensor.Alert.Severity.ShouldBe(severity, why);
        sensor.Numbers.LastAlertId.ShouldBe(1);
    }

    [Fact]
    public void An_acknowledged_one_that_worsens_asks_again_and_one_that_eases_does_not()
    {
        var sensor = new Watched(Sample.Multiple()).Sees(2.9);
        sensor.Acknowledges();

        sensor.Sees(3.1).State.ShouldBe(AlertState.Unacknowledged);
        sensor.Acknowledges();
        sensor.Sees(2.4).State.ShouldBe(AlertState.Acknowledged);
        sensor.Triggers.ShouldBe([Raised, Acknowledged, Worsened, Acknowledged, Eased]);
    }

    [Fact]
    public void It_says_what_it_was_before_and_since_when()
    {
        var sensor = new Watched(Sample.Multiple()).Sees(2.9);
        sensor.Alert.SeverityBefore.ShouldBeNull();

        sensor.Sees(3.1);
        (sensor.Alert.SeverityBefore, sensor.Alert.SeverityChangedAt).ShouldBe((Severity.Warning, sensor.Journal[^1].Transition.At));
        sensor.Sees(2.4);
        (sensor.Alert.SeverityBefore, sensor.Alert.SeverityChangedAt).ShouldBe((Severity.Critical, sensor.Journal[^1].Transition.At));

        sensor.Sees(1, 2.9);
        sensor.Triggers.Last().ShouldBe(Raised);
        (sensor.Alert.SeverityBefore, sensor.Alert.SeverityChangedAt).ShouldBe((null, null));
    }

    [Fact]
    public void A_recovery_delay_counts_for_each_step()
    {
        var sensor = new Watched(Sample.Multiple().Recovering(readings: 2)).Sees(3.1, 2.4, 2.4, 1.4, 1.4);

        sensor.Times.ShouldBe([(Raised, 0), (Eased, 2), (Cleared, 4)]);
    }

    [Fact]
    public void Of_two_rules_each_has_its_own_alert()
    {
        var sensor = new Watched(Sample.Above(2), Sample.Multiple()).Sees(2.5);

        sensor.Watch.Alerts.Select(alert => (alert.Id, alert.Kind)).ShouldBe([(1, ConditionKind.LevelAbove), (2, ConditionKind.BaselineMultiple)]);
    }
}
