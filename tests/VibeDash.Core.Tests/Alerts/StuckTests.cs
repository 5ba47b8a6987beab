using CsCheck;
using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Alerts;

public sealed class StuckTests
{
    public static TheoryData<string, double[], bool> Sequences => new()
    {
        { "as often as allowed", [1, 1, 1], false },
        { "once more", [1, 1, 1, 1], true },
        { "another in between", [1, 1, 1, 1.2, 1, 1, 1], false },
        { "all zero", [0, 0, 0, 0], true },
        { "it moves again", [1, 1, 1, 1, 1.2], false },
        { "its last digit flickers", [3.277, 3.2771, 3.277, 3.2771], true },
        { "it moves by two of its last digits", [3.277, 3.2772, 3.277, 3.2772], false },
        { "a sender with two decimals leaves out a zero", [3.2, 3.25, 3.2, 3.25], false },
        { "an integer is 12.0", [12, 13, 12, 13], false },
        { "the finest digit is the sender's, wherever it comes", [3.2, 3.3, 3.25, 3.2], false },
        { "it drifts by a digit each time", [3.270, 3.271, 3.272, 3.273, 3.274, 3.275], false },
        { "single precision", [3.277f, 3.278f, 3.277f, 3.278f], true },
        { "single precision moves", [3.277f, 3.279f, 3.277f, 3.279f], false },
        { "multiplied by a source", [3277 * 0.001, 3278 * 0.001, 3277 * 0.001, 3277 * 0.001], true },
        { "computed, with all digits: noise is no standstill", [Math.PI, Math.PI + 1e-13, Math.PI - 1e-13, Math.PI], false },
        { "computed, the very same", [Math.PI, Math.PI, Math.PI, Math.PI], true },
        { "large", [123_456_789.1, 123_456_789.2, 123_456_789.1, 123_456_789.2], true },
        { "small", [1.2e-7, 1.3e-7, 1.2e-7, 1.3e-7], true },
        { "small moves", [1.2e-7, 1.4e-7, 1.2e-7, 1.4e-7], false },
        { "signed, below zero", [-3.277, -3.2771, -3.277, -3.2771], true },
        { "signed, around zero", [-0.5, 0.5, -0.5, 0.5], false },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void The_same_level_more_than_three_times(string why, double[] levels, bool isStuck) =>
        new Watched(Sample.Stuck(3)).Sees(levels).Watch.Alerts.Any(alert => alert.Facts.IsActive).ShouldBe(isStuck, why);

    [Theory]
    [InlineData(0.01, "m/s²", false, new[] { 3.27, 3.28, 3.27, 3.28 }, true)]
    [InlineData(0.001, "m/s²", false, new[] { 3.2769999504089355, 3.2780001163482666, 3.2769999504089355, 3.2780001163482666 }, true)]
    [InlineData(0.01, "m/s²", false, new[] { 3.27, 3.29, 3.27, 3.29 }, false)]
    [InlineData(0.01, "m/s²", false, new[] { 3.27, 3.28, 3.29, 3.30 }, false)]
    [InlineData(1, "mm/s²", false, new[] { 3.270, 3.271, 3.270, 3.271 }, true)]
    [InlineData(1, "mm/s²", false, new[] { 3.270, 3.272, 3.270, 3.272 }, false)]
    [InlineData(0, "m/s²", false, new[] { 3.277, 3.2771, 3.277, 3.2771 }, false)]
    [InlineData(0, "m/s²", false, new[] { 3.277, 3.277, 3.277, 3.277 }, true)]
    [InlineData(1, null, true, new[] { 99.0, 100.0, 99.0, 100.0 }, true)]
    [InlineData(1, null, true, new[] { 98.9, 100.0, 98.9, 100.0 }, false)]
    [InlineData(1, null, true, new[] { -99.0, -100.0, -99.0, -100.0 }, true)]
    [InlineData(100, null, true, new[] { 0.0, 5.0, 1.0, 4.0 }, true)]
    public void With_a_tolerance(double tolerance, string? unit, bool isRelative, double[] levels, bool isStuck)
    {
        var rule = Sample.Stuck(3) with { Condition = new(ConditionKind.Stuck) { Tolerance = tolerance, Unit = unit, IsRelative = isRelative } };
        rule.Fault().ShouldBeNull();

        new Watched(rule).Sees(levels).Watch.Alerts.Any(alert => alert.Facts.IsActive).ShouldBe(isStuck);
    }

    [Fact]
    public void It_is_over_with_the_first_level_that_differs_although_the_next_is_close_to_it()
    {
        var sensor = new Watched(Sample.Stuck(3)).Sees(1.1, 1.1, 1.1, 1.1);

        sensor.Sees(1.3).Times.Last().ShouldBe((AlertTrigger.Cleared, 4));
        sensor.Sees(1.4, 1.5).Journal.Count.ShouldBe(2);
    }

    [Fact]
    public void A_drift_is_stuck_no_longer_than_it_takes_to_leave_the_tolerance() =>
        new Watched(Sample.Stuck(3)).Sees(3.270, 3.270, 3.271, 3.271, 3.272, 3.272, 3.273).Times
            .ShouldBe([(AlertTrigger.Raised, 3), (AlertTrigger.Cleared, 4), (AlertTrigger.Raised, 5), (AlertTrigger.Cleared, 6)]);

    [Fact]
    public void The_count_is_that_of_the_latest_levels_within_the_tolerance_and_a_restart_does_not_change_it() => Gen.Select(
        Gen.OneOf(Gen.Int[0, 6].Select(n => 1 + (n / 100.0)), Gen.Int[0, 3].Select(n => 1 + (n / 1000.0)), Gen.Double[0.1, 2]).Array[1, 60],
        Gen.Int[1, 8],
        Gen.OneOf(Gen.Const((double?)null), Gen.Int[0, 4].Select(n => (double?)(n / 100.0)))).Sample((levels, threshold, tolerance) =>
    {
        var rule = Sample.Stuck(threshold) with { Condition = new(ConditionKind.Stuck) { Tolerance = tolerance, Unit = tolerance is null ? null : "m/s²" } };
        var kept = threshold + 2;
        var whole = new SensorEvaluator([new SensorRule(rule, "m/s²")]);
        var before = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            whole.Count(Watched.Reading(i, levels[i]));
            var row = Enumerable.Range(1, Math.Min(i + 1, kept)).Last(length => IsSame(levels[(i + 1 - length)..(i + 1)], tolerance));
            whole.Value(ConditionKind.Stuck).ShouldBe(row == Math.Min(before + 1, kept) ? row : 1);
            before = row;

            var lookBack = new RuleBook([rule]).LookBackReadings;
            lookBack.ShouldBeGreaterThan(kept);
            var restarted = new SensorEvaluator([new SensorRule(rule, "m/s²")]);
            for (var j = Math.Max(0, i - kept); j <= i; j++)
                restarted.Count(Watched.Reading(j, levels[j]));
            restarted.Value(ConditionKind.Stuck).ShouldBe(whole.Value(ConditionKind.Stuck));
        }
    });

    [Theory]
    [InlineData(ConditionKind.Stuck, -0.1, "g", false, "condition.tolerance", FaultCode.ToleranceOutOfRange)]
    [InlineData(ConditionKind.Stuck, double.NaN, "g", false, "condition.tolerance", FaultCode.ToleranceOutOfRange)]
    [InlineData(ConditionKind.Stuck, 1.1e12, "g", false, "condition.tolerance", FaultCode.ToleranceOutOfRange)]
    [InlineData(ConditionKind.Stuck, 100.1, null, true, "condition.tolerance", FaultCode.ToleranceOutOfRange)]
    [InlineData(ConditionKind.Stuck, 1.0, null, false, "condition.unit", FaultCode.UnitMissing)]
    [InlineData(ConditionKind.Stuck, 1.0, "g", true, "condition.unit", FaultCode.UnitNotAllowed)]
    [InlineData(ConditionKind.Stuck, null, "g", false, "condition.unit", FaultCode.UnitNotAllowed)]
    [InlineData(ConditionKind.Stuck, null, null, true, "condition.isRelative", FaultCode.RelativeNotAllowed)]
    [InlineData(ConditionKind.LevelAbove, 1.0, "g", false, "condition.tolerance", FaultCode.ToleranceNotAllowed)]
    public void A_tolerance_that_means_nothing_is_refused(ConditionKind kind, double? tolerance, string? unit, bool isRelative, string field, FaultCode code)
    {
        var fault = Sample.Warning(new(kind) { Tolerance = tolerance, Unit = unit, IsRelative = isRelative }, 10, recovery: 1).Fault().ShouldNotBeNull();

        (fault.Field, fault.Code).ShouldBe((field, code));
    }

    [Fact]
    public void A_tolerance_in_a_unit_is_for_sensors_of_a_unit_that_can_be_compared()
    {
        var book = new RuleBook([Sample.Stuck(3) with { Condition = new(ConditionKind.Stuck) { Tolerance = 0.1, Unit = "mm/s" } }]);
        var facts = new SensorFacts("", null, null, null, null);

        book.For("VB-1", facts, [], "in/s").Length.ShouldBe(1);
        book.For("VB-1", facts, [], "g").ShouldBeEmpty();
        book.Explain("VB-1", facts, [], "g").Single().Reason.ShouldBe(RuleMatchReason.UnitsNotComparable);
    }

    [Fact]
    public void What_is_on_record_is_a_number_of_readings()
    {
        var alert = new Watched(Sample.Stuck(3)).Sees(1, 1, 1, 1).Alert;

        (alert.Level, alert.Threshold, alert.Unit).ShouldBe((4, 3, "readings"));
    }

    [Fact]
    public void Readings_of_the_machine_at_rest_do_not_count()
    {
        // Regression: after a weekend of zeros, the first reading of the running machine, also zero, was one too many.
        var sensor = new Watched(Sample.Stuck(3).GatedByState());
        for (var i = 0; i < 10; i++)
            sensor.Sees(Watched.Reading(i, 0) with { MachineRuns = false });

        sensor.Sees(0, 0, 0).Journal.ShouldBeEmpty();
        sensor.Sees(0).State.ShouldBe(AlertState.Unacknowledged);
    }

    [Theory]
    [InlineData(0.9, 0.9)]
    [InlineData(10, 0.9)]
    public void A_rule_that_would_never_end_is_refused(double threshold, double recovery) =>
        FaultText.Of(Sample.Warning(new(ConditionKind.Stuck), threshold, recovery).Fault().ShouldNotBeNull()).ShouldContain("at least 1 reading");

    private static bool IsSame(double[] levels, double? tolerance)
    {
        // Independent of the product: the decimals of the shortest text.
        var allowed = tolerance ?? levels.Min(level => level.ToString("R", System.Globalization.CultureInfo.InvariantCulture) is var text && text.Length > 15
            ? 0
            : Math.Pow(10, -Math.Max(1, text.Contains('.') ? text.Length - text.IndexOf('.') - 1 : 0)));
        return levels.Max() - levels.Min() <= allowed + 1e-14;
    }
}
