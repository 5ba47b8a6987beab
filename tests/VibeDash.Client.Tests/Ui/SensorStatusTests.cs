using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;

namespace VibeDash.Client.Tests.Ui;

/// <summary>A sensor is normal only when a rule evaluates it and its alerts reach somebody.</summary>
public sealed class SensorStatusTests
{
    [Fact]
    public void A_sensor_that_sends_changes_only_is_stale_with_its_sender_and_not_by_its_age()
    {
        var old = Some.Sensor(at: Some.Time.AddDays(-3)) with { Sender = "spBv1.0/plant/gw-7" };

        Conditions(old).ShouldBe([SensorCondition.Normal]);
        Conditions(old, Some.Alert(kind: ConditionKind.NoData, state: AlertState.SuppressedByDesign)).ShouldBe([SensorCondition.Stale]);
        Conditions(old with { Sender = null }).ShouldBe([SensorCondition.Stale]);
    }

    [Fact]
    public void Nothing_open_and_a_rule_for_the_level_is_normal() => Conditions(Some.Sensor()).ShouldBe([SensorCondition.Normal]);

    [Fact]
    public void A_shelved_critical_is_not_normal() =>
        Conditions(Some.Sensor(level: 9.4), Some.Alert(state: AlertState.Shelved)).ShouldBe([SensorCondition.Shelved]);

    [Fact]
    public void A_kind_shelved_before_it_is_raised_is_not_normal() =>
        Conditions(Some.Sensor(), Some.Alert() with { Facts = new(IsActive: false, IsAcknowledged: true, IsShelved: true) }).ShouldBe([SensorCondition.Shelved]);

    [Fact]
    public void Out_of_service_is_not_normal_with_and_without_an_alert()
    {
        var sensor = Some.Sensor() with { IsOutOfService = true };

        Conditions(sensor).ShouldBe([SensorCondition.OutOfService]);
        Conditions(sensor, Some.Alert(state: AlertState.OutOfService)).ShouldBe([SensorCondition.OutOfService]);
    }

    [Theory]
    [InlineData(LevelEvaluation.Never, 4.0, SensorCondition.NotEvaluated)]
    [InlineData(LevelEvaluation.WithBaseline, 0.0, SensorCondition.NotEvaluated)]
    [InlineData(LevelEvaluation.WithBaseline, 4.0, SensorCondition.Normal)]
    [InlineData(LevelEvaluation.Always, 0.0, SensorCondition.Normal)]
    public void A_level_that_no_rule_evaluates_is_not_normal(LevelEvaluation evaluation, double baseline, SensorCondition condition) =>
        Conditions(Some.Sensor(level: 25, baseline: baseline) with { Evaluation = evaluation }).ShouldBe([condition]);

    [Fact]
    public void A_baseline_that_is_sent_later_lets_the_rules_evaluate_the_level()
    {
        var view = new SensorView(Some.Sensor(baseline: 0) with { Evaluation = LevelEvaluation.WithBaseline });
        view.IsEvaluated.ShouldBeFalse();

        view.Apply(Some.Tick());

        view.IsEvaluated.ShouldBeTrue();
    }

    [Fact]
    public void Conditions_that_hold_at_a_time_are_all_told_the_most_severe_first()
    {
        var sensor = Some.Sensor(at: Some.Time.AddHours(-3)) with { Evaluation = LevelEvaluation.Never, IsOutOfService = true };

        Conditions(sensor, Some.Alert(severity: Severity.Warning)).ShouldBe(
            [SensorCondition.Warning, SensorCondition.Stale, SensorCondition.NotEvaluated, SensorCondition.OutOfService]);
    }

    private static SensorCondition[] Conditions(SensorSnapshot sensor, params Alert[] alerts) =>
        [.. SensorStatus.Of(new SensorView(sensor), alerts, Some.Time).Conditions];
}
