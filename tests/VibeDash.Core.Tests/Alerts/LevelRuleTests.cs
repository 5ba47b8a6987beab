using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Alerts;

public sealed class LevelRuleTests
{
    private static readonly AlertRule Difference = Sample.Warning(new(ConditionKind.DifferenceAbove) { Unit = "m/s²" }, threshold: 2, recovery: 1);
    private static readonly AlertRule Multiple = Sample.Warning(new(ConditionKind.BaselineMultiple), threshold: 2, recovery: 1.5);

    private static readonly AlertRule From2 = Sample.Warning(new(ConditionKind.LevelAbove) { Unit = "m/s²", IsInclusive = true }, threshold: 2);
    private static readonly AlertRule DownTo2 = Sample.Warning(new(ConditionKind.LevelBelow) { Unit = "m/s²", IsInclusive = true }, threshold: 2);
    private static readonly AlertRule FromTwice = Sample.Warning(new(ConditionKind.BaselineMultiple) { IsInclusive = true }, threshold: 2);

    public static TheoryData<string, AlertRule, double[], bool> Sequences => new()
    {
        { "no reading", Sample.Above(2), [], false },
        { "below the threshold", Sample.Above(2), [1.9], false },
        { "at the threshold is not above it", Sample.Above(2), [2], false },
        { "a hair above it is", Sample.Above(2), [2.0000001], true },
        { "between threshold and recovery it holds", Sample.Above(2, 1.5), [2.1, 1.51], true },
        { "at the recovery threshold it has ended", Sample.Above(2, 1.5), [2.1, 1.5], false },
        { "between them it does not begin", Sample.Above(2, 1.5), [1.9], false },
        { "falling: above the threshold", Sample.Below(2), [2.1], false },
        { "falling: at the threshold is not below it", Sample.Below(2), [2], false },
        { "falling: below it", Sample.Below(2), [1.9], true },
        { "falling: between threshold and recovery it holds", Sample.Below(2, 3), [1.9, 2.9], true },
        { "falling: at the recovery threshold it has ended", Sample.Below(2, 3), [1.9, 3], false },
        { "difference: baseline and threshold", Difference, [3], false },
        { "difference: more", Difference, [3.01], true },
        { "difference: at baseline and recovery threshold", Difference, [3.01, 2], false },
        { "multiple: at twice the baseline", Multiple, [2], false },
        { "multiple: above", Multiple, [2.01], true },
        { "multiple: at the recovery multiple", Multiple, [2.01, 1.5], false },
        { "inclusive: a hair below the threshold", From2, [1.9999999], false },
        { "inclusive: at the threshold", From2, [2], true },
        { "inclusive: at the recovery threshold it has ended", From2, [2, 1.8], false },
        { "inclusive, falling: a hair above the threshold", DownTo2, [2.0000001], false },
        { "inclusive, falling: at the threshold", DownTo2, [2], true },
        { "inclusive multiple: at twice the baseline", FromTwice, [2], true },
    };

    public static TheoryData<string, string, double, bool> Units => new()
    {
        { "m/s²", "m/s²", 10.01, true },
        { "m/s2", "m/s²", 10.01, true },
        { "g", "m/s²", 98.06, false },
        { "g", "m/s²", 98.07, true },
        { "m/s²", "g", 1.0197, false },
        { "m/s²", "g", 1.0198, true },
        { "mm/s", "in/s", 0.3937, false },
        { "mm/s", "in/s", 0.3938, true },
        { "oddity", "oddity", 10.01, true },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_condition_holds_or_not(string why, AlertRule rule, double[] levels, bool isActive)
    {
        var sensor = new Watched(rule).Sees(levels);

        sensor.Watch.Alerts.Any(alert => alert.Facts.IsActive).ShouldBe(isActive, why);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void A_threshold_of_10_is_compared_in_the_sensors_unit(string ruleUnit, string sensorUnit, double level, bool isAbove)
    {
        foreach (var kind in new[] { ConditionKind.LevelAbove, ConditionKind.DifferenceAbove })
        {
            var sensor = new Watched([new SensorRule(Sample.Warning(new(kind) { Unit = ruleUnit }, 10), sensorUnit)], "VB-1");
            var baseline = kind == ConditionKind.DifferenceAbove ? 7.0 : 0;

            sensor.Sees(new EvaluatedReading(new Reading("VB-1", Watched.Start, "1", baseline + level, baseline, sensorUnit), baseline));

            (sensor.State == AlertState.Unacknowledged).ShouldBe(isAbove, $"{kind}");
            if (isAbove)
                sensor.Alert.Unit.ShouldBe(sensorUnit);
        }
    }

    [Fact]
    public void The_threshold_on_record_is_the_one_of_that_baseline()
    {
        var multiple = new Watched(Multiple).Sees(Watched.Reading(0, 9, baseline: 4)).Alert;
        (multiple.Level, multiple.Threshold, multiple.Unit).ShouldBe((9, 8, "m/s²"));

        var difference = new Watched(Difference).Sees(Watched.Reading(0, 9, baseline: 4)).Alert;
        (difference.Level, difference.Threshold, difference.Unit).ShouldBe((9, 6, "m/s²"));
    }

    [Fact]
    public void Without_a_baseline_a_condition_that_needs_one_neither_begins_nor_ends()
    {
        foreach (var rule in new[] { Multiple, Difference })
        {
            new Watched(rule).Sees(Watched.Reading(0, 99, baseline: 0)).State.ShouldBe(AlertState.Normal);
            new Watched(rule).Sees(99).Sees(Watched.Reading(1, 0.1, baseline: 0)).State.ShouldBe(AlertState.Unacknowledged);
        }

        new Watched(Sample.Above(2)).Sees(Watched.Reading(0, 99, baseline: 0)).State.ShouldBe(AlertState.Unacknowledged);
    }

    [Fact]
    public void The_worst_level_while_it_held_is_kept()
    {
        new Watched(Sample.Above(2)).Sees(2.1, 5, 3).Alert.PeakLevel.ShouldBe(5);
        new Watched(Sample.Below(2)).Sees(1.9, 0.5, 1).Alert.PeakLevel.ShouldBe(0.5);
        new Watched(Sample.Above(2, 1.5)).Sees(2.1, 1, 0).Alert.PeakLevel.ShouldBe(2.1);
    }
}
