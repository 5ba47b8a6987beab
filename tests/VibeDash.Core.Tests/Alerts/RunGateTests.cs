using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using static VibeDash.Core.Alerts.AlertState;

namespace VibeDash.Core.Tests.Alerts;

public sealed class RunGateTests
{
    // The machine runs above 0.5; the alert is raised below 2, and recovers at 3.
    private static readonly AlertRule Gated = Sample.Below(2, 3).Gated(runLevel: 0.5);

    public static TheoryData<string, double[], AlertState> Sequences => new()
    {
        { "at rest nothing is evaluated", [0.1, 0.1], Normal },
        { "at the run level it does not run", [0.5], Normal },
        { "running", [0.51], Unacknowledged },
        { "suppressed while at rest", [1, 0.1], SuppressedByDesign },
        { "however often", [1, 0.1, 0.1, 0.1], SuppressedByDesign },
        { "running again, and it holds", [1, 0.1, 1], Unacknowledged },
        { "running again, between recovery and threshold", [1, 0.1, 2.5], Unacknowledged },
        { "running again, and it is over", [1, 0.1, 3], Normal },
        { "twice", [1, 0.1, 1, 0.1], SuppressedByDesign },
        { "returned, not acknowledged: at rest it stays so", [1, 3, 0.1], ReturnedUnacknowledged },
        { "and so when running again", [1, 3, 0.1, 4], ReturnedUnacknowledged },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void By_level(string why, double[] levels, AlertState state) => new Watched(Gated).Sees(levels).State.ShouldBe(state, why);

    [Fact]
    public void By_the_machines_state()
    {
        var sensor = new Watched(Sample.Above(2).GatedByState());

        sensor.Sees(Watched.Reading(0, 9) with { MachineRuns = false }).State.ShouldBe(Normal);
        sensor.Sees(9).State.ShouldBe(Unacknowledged);
        sensor.Sees(Watched.Reading(2, 9) with { MachineRuns = false }).State.ShouldBe(SuppressedByDesign);
        sensor.Sees(9).State.ShouldBe(Unacknowledged);
        new Watched(Sample.Above(2)).Sees(Watched.Reading(0, 9) with { MachineRuns = false }).State.ShouldBe(Unacknowledged);
    }

    [Fact]
    public void The_run_level_is_in_its_own_unit()
    {
        var rule = Sample.Below(2, 3) with { Gate = new(0.1, "g") };

        new Watched(rule).Sees(0.98).State.ShouldBe(Normal);
        new Watched(rule).Sees(0.99).State.ShouldBe(Unacknowledged);
        new Watched([new SensorRule(rule, "g")], "VB-1").Sees(new EvaluatedReading(new Reading("VB-1", Watched.Start, "1", 0.11, 0, "g"), 0)).State.ShouldBe(Unacknowledged);
    }

    [Theory]
    [InlineData(ConditionKind.LevelBelow, true)]
    [InlineData(ConditionKind.LevelAbove, true)]
    [InlineData(ConditionKind.BaselineMultiple, true)]
    [InlineData(ConditionKind.DifferenceAbove, true)]
    [InlineData(ConditionKind.Change, true)]
    [InlineData(ConditionKind.Stuck, true)]
    [InlineData(ConditionKind.NoData, false)]
    [InlineData(ConditionKind.CalibrationAge, false)]
    [InlineData(ConditionKind.BaselineChange, false)]
    [InlineData(ConditionKind.ClockOff, false)]
    public void The_run_level_of_the_sensor_closes_the_gate_of_what_the_level_at_rest_does_not_tell(ConditionKind kind, bool isGated)
    {
        var condition = new AlertCondition(kind);
        var rule = Sample.Warning(condition with { Unit = condition.HasUnit ? "m/s²" : null, Window = kind == ConditionKind.Change ? TimeSpan.FromSeconds(10) : null }, 2);

        var sensorRule = new SensorRule(rule, "m/s²", new RunLevel(0.1, "g"));

        sensorRule.IsGateOpen(0.98, machineRuns: true).ShouldBe(!isGated);
        sensorRule.IsGateOpen(0.99, machineRuns: true).ShouldBeTrue();
        new SensorRule(rule, "m/s²", new RunLevel(0.1, "mm/s")).IsGateOpen(0, machineRuns: true).ShouldBeTrue("of another quantity");
    }

    [Fact]
    public void A_run_level_of_the_rule_comes_before_that_of_the_sensor_and_a_state_beside_it()
    {
        new SensorRule(Gated, "m/s²", new RunLevel(1, "m/s²")).IsGateOpen(0.6, machineRuns: true).ShouldBeTrue();
        var byState = new SensorRule(Sample.Below(2, 3).GatedByState(), "m/s²", new RunLevel(1, "m/s²"));
        (byState.IsGateOpen(0.6, machineRuns: true), byState.IsGateOpen(2, machineRuns: false), byState.IsGateOpen(2, machineRuns: true)).ShouldBe((false, false, true));
    }

    [Fact]
    public void Sensors_with_one_run_level_share_their_rules()
    {
        var book = new RuleBook(AlertRule.Defaults);
        var facts = new SensorFacts("", null, null, null, null);

        var rules = book.For("A", facts, [], "g", new RunLevel(1, "g"));

        book.For("B", facts, [], "g", new RunLevel(1, "g")).ShouldBeSameAs(rules);
        book.For("C", facts, [], "g", new RunLevel(2, "g")).ShouldNotBeSameAs(rules);
        book.For("D", facts, [], "g")[0].IsGateOpen(0.5, machineRuns: true).ShouldBeTrue();
    }

    [Fact]
    public void An_acknowledged_alert_asks_again_after_a_standstill()
    {
        var sensor = new Watched(Gated).Sees(1);
        sensor.Acknowledges();

        sensor.Sees(0.1, 1).State.ShouldBe(Unacknowledged);
    }

    [Fact]
    public void Hold_and_recovery_do_not_count_across_a_standstill()
    {
        new Watched(Sample.Above(2, 1.5, hold: 3).Gated()).Sees(2.1, 2.1, 0.1, 2.1, 2.1).Journal.ShouldBeEmpty();
        new Watched(Sample.Above(2, 1.5).Gated().Recovering(readings: 3)).Sees(2.1, 1, 1, 0.1, 1, 1).State.ShouldBe(Unacknowledged);
    }

    [Fact]
    public void Other_rules_of_the_sensor_are_evaluated_all_the_same()
    {
        var sensor = new Watched(Sample.Multiple(), Sample.Above(2).GatedByState()).Sees(Watched.Reading(0, 9) with { MachineRuns = false });

        sensor.Alert.Kind.ShouldBe(ConditionKind.BaselineMultiple);
    }

    [Fact]
    public void A_suppressed_alert_comes_out_when_its_rule_has_no_gate_any_more()
    {
        // Regression: it stayed suppressed, because no gate was left that could open.
        var sensor = new Watched(Gated).Sees(1, 0.1);

        sensor.Watch.ChangeRules([new(Sample.Below(2, 3), "m/s²")], sensor.Readings, Watched.At(10), sensor.Writer);

        (sensor.State, sensor.Journal[^1].Transition.At).ShouldBe((Unacknowledged, Watched.At(10)));
    }

    [Fact]
    public void An_alert_is_suppressed_when_its_rule_gets_a_gate_that_is_closed()
    {
        var sensor = new Watched(Sample.Below(2, 3)).Sees(1, 0.1);

        sensor.Watch.ChangeRules([new(Gated, "m/s²")], sensor.Readings, Watched.At(10), sensor.Writer);
        sensor.State.ShouldBe(SuppressedByDesign);

        sensor.Sees(1).State.ShouldBe(Unacknowledged);
    }

    [Fact]
    public void A_restart_without_readings_does_not_leave_it_suppressed()
    {
        var before = new Watched(Gated).Sees(1, 0.1);
        var watch = new SensorWatch("VB-1", [new(Gated, "m/s²")], before.Watch.Alerts);

        watch.Evaluate(Watched.Reading(9, 1), gapIsCertain: true, before.Writer);

        watch.Alerts.Single().State.ShouldBe(Unacknowledged);
    }
}
