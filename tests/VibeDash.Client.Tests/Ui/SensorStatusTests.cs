using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;
using VibeDash.Core.Readings;

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

    [Theory]
    [InlineData(240.0, SensorCondition.ClockOff)]
    [InlineData(-240.0, SensorCondition.ClockOff)]
    [InlineData(30.0, SensorCondition.Normal)]
    public void A_clock_that_is_off_is_not_normal(double offset, SensorCondition condition) =>
        Conditions(Some.Sensor() with { ClockOffsetSeconds = offset }).ShouldBe([condition]);

    [Fact]
    public void A_sensor_with_a_clock_that_is_behind_is_stale_only_when_it_does_not_send()
    {
        var behind = Some.Sensor(at: Some.Time.AddHours(-3)) with { ClockOffsetSeconds = -3 * 3600 };

        Conditions(behind).ShouldBe([SensorCondition.ClockOff]);
        Conditions(behind with { Timestamp = Some.Time.AddHours(-3).AddMinutes(-2) }).ShouldBe([SensorCondition.Stale, SensorCondition.ClockOff]);
    }

    [Fact]
    public void A_sensor_that_sends_changes_only_is_of_bad_quality_at_once()
    {
        var sensor = Some.Sensor() with { NotGoodSince = Some.Time.AddSeconds(1), Quality = ReadingQuality.Bad };

        Conditions(sensor with { Sender = "spBv1.0/g/n" }).ShouldBe([SensorCondition.BadQuality]);
        Conditions(sensor).ShouldBe([SensorCondition.Normal]);
    }

    [Fact]
    public void A_baseline_that_is_sent_later_lets_the_rules_evaluate_the_level()
    {
        var view = new SensorView(Some.Sensor(baseline: 0) with { Evaluation = LevelEvaluation.WithBaseline });
        view.IsEvaluated.ShouldBeFalse();

        view.Apply(Some.Tick());

        view.IsEvaluated.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, SensorCondition.Normal)]
    [InlineData(60, SensorCondition.Normal)]
    [InlineData(61, SensorCondition.BadQuality)]
    public void Without_a_good_reading_for_the_time_of_a_silence_the_quality_is_bad(int seconds, SensorCondition condition)
    {
        var sensor = Some.Sensor(at: Some.Time.AddSeconds(-seconds));

        Conditions(sensor with { NotGoodSince = sensor.Timestamp.AddSeconds(1), Quality = ReadingQuality.Stale }).ShouldBe([condition]);
    }

    [Fact]
    public void A_sensor_that_never_sent_a_good_reading_is_not_normal_even_at_first()
    {
        var sensor = Some.Sensor() with { NotGoodSince = Some.Sensor().Timestamp, Quality = ReadingQuality.Bad };

        Conditions(sensor).ShouldBe([SensorCondition.BadQuality]);
        new SensorView(sensor).HasLevel.ShouldBeFalse();
        Conditions(sensor with { OfflineSince = Some.Time }).ShouldBe([SensorCondition.Offline]);
    }

    [Fact]
    public void A_good_reading_ends_it()
    {
        var view = new SensorView(Some.Sensor() with { NotGoodSince = Some.Sensor().Timestamp, Quality = ReadingQuality.Bad });

        view.Apply(Some.Tick());

        (view.NotGoodSince, view.Quality, view.HasLevel).ShouldBe((null, ReadingQuality.Good, true));
    }

    [Fact]
    public void Conditions_that_hold_at_a_time_are_all_told_the_most_severe_first()
    {
        var sensor = Some.Sensor(at: Some.Time.AddHours(-3)) with { Evaluation = LevelEvaluation.Never, IsOutOfService = true };
        var shelved = Some.Alert() with { Facts = new(IsActive: false, IsAcknowledged: true, IsShelved: true) };

        Conditions(sensor, Some.Alert(severity: Severity.Warning), shelved).ShouldBe(
            [SensorCondition.Warning, SensorCondition.Stale, SensorCondition.NotEvaluated, SensorCondition.OutOfService, SensorCondition.Shelved]);
    }

    [Fact]
    public void A_critical_level_that_is_not_confirmed_comes_before_a_warning_and_after_a_critical_alert()
    {
        var sensor = Some.Sensor(level: 13) with { IsCriticalUnconfirmed = true };

        Conditions(sensor).ShouldBe([SensorCondition.CriticalUnconfirmed]);
        Conditions(sensor, Some.Alert(severity: Severity.Warning)).ShouldBe([SensorCondition.CriticalUnconfirmed, SensorCondition.Warning]);
        Conditions(sensor, Some.Alert()).ShouldBe([SensorCondition.Critical]);
        Conditions(sensor with { Timestamp = Some.Time.AddHours(-3) }).ShouldBe([SensorCondition.CriticalUnconfirmed, SensorCondition.Stale]);
    }

    [Fact]
    public void It_is_not_acknowledged_because_a_warning_is()
    {
        var sensor = new SensorView(Some.Sensor() with { IsCriticalUnconfirmed = true });

        SensorStatus.Of(sensor, [Some.Alert(severity: Severity.Warning, state: AlertState.Acknowledged)], Some.Time).Acknowledged.ShouldBeFalse();
    }

    [Fact]
    public void It_comes_and_goes_with_a_snapshot()
    {
        var view = new SensorView(Some.Sensor());
        view.Apply(Some.Sensor(sequence: 6) with { IsCriticalUnconfirmed = true });
        view.IsCriticalUnconfirmed.ShouldBeTrue();

        view.Apply(Some.Sensor(sequence: 7));
        view.IsCriticalUnconfirmed.ShouldBeFalse();
    }

    private static SensorCondition[] Conditions(SensorSnapshot sensor, params Alert[] alerts) =>
        [.. SensorStatus.Of(new SensorView(sensor), alerts, Some.Time).Conditions];
}
