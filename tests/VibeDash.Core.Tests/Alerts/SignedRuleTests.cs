using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>Levels and thresholds below zero: frost, or a signed displacement.</summary>
public sealed class SignedRuleTests
{
    public static TheoryData<string, AlertRule, double[], bool> Sequences => new()
    {
        { "above a negative threshold", Sample.Above(-10, -12), [-9.9], true },
        { "at it", Sample.Above(-10, -12), [-10], false },
        { "it holds between threshold and recovery", Sample.Above(-10, -12), [-9, -11], true },
        { "it ends at the recovery threshold", Sample.Above(-10, -12), [-9, -12], false },
        { "a level below zero is not above one above it", Sample.Above(2), [-99], false },
        { "below a negative threshold", Sample.Below(-10, -8), [-10.1], true },
        { "not yet below it", Sample.Below(-10, -8), [-9], false },
        { "it ends above it", Sample.Below(-10, -8), [-11, -8], false },
        { "below zero", Sample.Below(0, 0), [-0.1], true },
        { "a rise through zero", Sample.Change(2, ChangeDirection.Up), [-1, 1.1], true },
        { "a fall through zero", Sample.Change(2, ChangeDirection.Down), [1, -1.1], true },
        { "a fall below zero in per cent of the magnitude before", Sample.Change(50, ChangeDirection.Down, percent: true), [-2, -3.1], true },
        { "half of it is not more than half", Sample.Change(50, ChangeDirection.Down, percent: true), [-2, -3], false },
        { "a rise below zero in per cent", Sample.Change(50, ChangeDirection.Up, percent: true), [-2, -0.9], true },
        { "a multiple of the baseline is not reached below zero", Sample.Multiple(), [-99], false },
        { "the machine runs above a negative level", Sample.Above(-10, -12).Gated(-40), [-9], true },
        { "and stands below it", Sample.Above(-10, -12).Gated(-5), [-9], false },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_condition_holds_or_not(string why, AlertRule rule, double[] levels, bool isActive) =>
        new Watched(rule).Sees(levels).Watch.Alerts.Any(alert => alert.Facts.IsActive).ShouldBe(isActive, why);

    [Fact]
    public void The_worst_level_is_the_one_farthest_beyond_the_threshold()
    {
        new Watched(Sample.Above(-10, -12)).Sees(-9, -3, -5).Alert.PeakLevel.ShouldBe(-3);
        new Watched(Sample.Below(-10, -8)).Sees(-11, -30, -12).Alert.PeakLevel.ShouldBe(-30);
    }

    [Fact]
    public void An_acknowledgement_lapses_when_the_level_is_worse_by_a_quarter_of_its_magnitude()
    {
        var sensor = new Watched(Sample.Below(-10, -8)).Sees(-12);
        sensor.Acknowledges();

        sensor.Sees(-15).State.ShouldBe(AlertState.Acknowledged);
        sensor.Sees(-15.1).State.ShouldBe(AlertState.Unacknowledged);
    }

    [Theory]
    [InlineData(10, false, 9)]
    [InlineData(10, true, 11)]
    [InlineData(-10, false, -11)]
    [InlineData(-10, true, -9)]
    [InlineData(0, false, 0)]
    public void The_usual_recovery_is_a_tenth_on_the_better_side(double threshold, bool isFalling, double recovery) =>
        AlertTier.UsualRecovery(threshold, isFalling).ShouldBe(recovery);

    public static TheoryData<string, AlertRule, FaultCode?> Faults => new()
    {
        { "above, negative", Sample.Above(-10, -12), null },
        { "below, negative", Sample.Below(-10, -8), null },
        { "the lowest threshold", Sample.Below(-1e12, -1e12), null },
        { "beyond it", Sample.Below(-1.1e12, -1), FaultCode.NumberTooLarge },
        { "a recovery beyond it", Sample.Above(-1, -1.1e12), FaultCode.NumberTooLarge },
        { "recovery on the worse side", Sample.Above(-10, -9), FaultCode.RecoveryAboveThreshold },
        { "falling: recovery on the worse side", Sample.Below(-10, -11), FaultCode.RecoveryBelowThreshold },
        { "a change has no sign", Sample.Change(-1), FaultCode.ThresholdNotPositive },
        { "nor a difference", Sample.Warning(new(ConditionKind.DifferenceAbove) { Unit = "g" }, -1, -2), FaultCode.ThresholdNotPositive },
        { "nor a multiple", Sample.Warning(new(ConditionKind.BaselineMultiple), -1, -2), FaultCode.ThresholdNotPositive },
        { "a negative run level", Sample.Above(2).Gated(-40), null },
        { "the lowest run level", Sample.Above(2).Gated(-1e12), null },
        { "a run level beyond it", Sample.Above(2).Gated(-1.1e12), FaultCode.NumberTooLarge },
        { "no run level", Sample.Above(2).Gated(double.NegativeInfinity), FaultCode.RunLevelInvalid },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_negative_threshold_is_a_fault_only_where_it_means_nothing(string why, AlertRule rule, FaultCode? code) =>
        (RuleFaults.Of(rule).FirstOrDefault()?.Code).ShouldBe(code, why);

    [Fact]
    public void A_baseline_that_is_set_stays_above_zero() =>
        new SensorSettings { BaselineSource = BaselineSource.Manual, Baseline = -1 }.Fault().ShouldNotBeNull();
}
