using VibeDash.Client.Rules;
using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.ConditionKind;

namespace VibeDash.Client.Tests.Rules;

public sealed class RuleTextTests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    public static TheoryData<AlertCondition, string> Conditions => new()
    {
        { new(LevelAbove) { Unit = "mm/s" }, "above 4.5 mm/s for 3 readings: Warning; above 7.1 mm/s for 1 h 30 min: Critical" },
        { new(LevelAbove) { Unit = "mm/s", IsInclusive = true }, "at or above 4.5 mm/s for 3 readings: Warning; at or above 7.1 mm/s for 1 h 30 min: Critical" },
        { new(LevelBelow) { Unit = "g" }, "below 4.5 g for 3 readings: Warning; below 7.1 g for 1 h 30 min: Critical" },
        { new(BaselineMultiple), "above 4.5 × baseline for 3 readings: Warning; above 7.1 × for 1 h 30 min: Critical" },
        { new(DifferenceAbove) { Unit = "g" }, "more than 4.5 g above the baseline for 3 readings: Warning; more than 7.1 g for 1 h 30 min: Critical" },
        { new(Change) { Unit = "g", Window = TenMinutes }, "changes by more than 4.5 g within 10 min for 3 readings: Warning; by more than 7.1 g for 1 h 30 min: Critical" },
        { new(Change) { IsRelative = true, Window = TenMinutes, Direction = ChangeDirection.Up }, "rises by more than 4.5 % within 10 min for 3 readings: Warning; by more than 7.1 % for 1 h 30 min: Critical" },
        { new(Change) { IsRelative = true, Window = TenMinutes, Direction = ChangeDirection.Down }, "falls by more than 4.5 % within 10 min for 3 readings: Warning; by more than 7.1 % for 1 h 30 min: Critical" },
        { new(NoData), "no data for more than 4.5 s for 3 readings: Warning; more than 7.1 s for 1 h 30 min: Critical" },
        { new(NoData) { IsRelative = true }, "no data for more than 4.5 × cadence for 3 readings: Warning; more than 7.1 × cadence for 1 h 30 min: Critical" },
        { new(Stuck), "the same level, within its last digit, more than 4.5 times in a row for 3 readings: Warning; more than 7.1 times in a row for 1 h 30 min: Critical" },
        { new(Stuck) { Tolerance = 0.001, Unit = "g" }, "the same level, within 0.001 g, more than 4.5 times in a row for 3 readings: Warning; more than 7.1 times in a row for 1 h 30 min: Critical" },
        { new(Stuck) { Tolerance = 2.5, IsRelative = true }, "the same level, within 2.5 %, more than 4.5 times in a row for 3 readings: Warning; more than 7.1 times in a row for 1 h 30 min: Critical" },
        { new(CalibrationAge), "calibrated more than 4.5 months ago for 3 readings: Warning; more than 7.1 months ago for 1 h 30 min: Critical" },
        { new(ClockOff), "clock off by more than 4.5 s for 3 readings: Warning; more than 7.1 s for 1 h 30 min: Critical" },
        { new(BaselineChange), "baseline sent changes by more than 4.5 % for 3 readings: Warning; by more than 7.1 % for 1 h 30 min: Critical" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_of_each_kind(AlertCondition condition, string words) => RuleText.Condition(new(
        "x", AlertScope.All, condition, [new(Severity.Warning, 4.5, 4, new(3)), new(Severity.Critical, 7.1, 6, new(1, TimeSpan.FromMinutes(90)))])).ShouldBe(words);

    [Theory]
    [InlineData(LevelAbove, "above 4.5 g for 3 readings and 10 s (at once above 9 g, or when the sensor’s message calls it critical): Critical")]
    [InlineData(LevelBelow, "below 4.5 g for 3 readings and 10 s (at once below 9 g, or when the sensor’s message calls it critical): Critical")]
    public void A_threshold_that_skips_the_delay_is_told(ConditionKind kind, string words) => RuleText.Condition(new(
        "x", AlertScope.All, new(kind) { Unit = "g" }, [new(Severity.Critical, 4.5, 4, new(3, TimeSpan.FromSeconds(10))) { AtOnce = 9 }])).ShouldBe(words);

    [Fact]
    public void Every_kind_has_a_name() => RuleText.Kinds.Select(kind => kind.Kind).ShouldBe(Enum.GetValues<ConditionKind>(), ignoreOrder: true);

    [Fact]
    public void The_recovery_with_its_delay() =>
        RuleText.Recovery(Rules.Baseline with { OffDelay = new(2, TenMinutes) }).ShouldBe("recovers at 1.8 ×, 2.7 × for 2 readings and 10 min");

    [Theory]
    [InlineData(ScopeKind.All, "all sensors")]
    [InlineData(ScopeKind.Location, "location “x”")]
    [InlineData(ScopeKind.Machine, "machine “x”")]
    [InlineData(ScopeKind.Model, "model “x”")]
    [InlineData(ScopeKind.Label, "label “x”")]
    [InlineData(ScopeKind.Sensor, "sensor x")]
    public void A_scope(ScopeKind kind, string words) => RuleText.Scope(new(kind, "x")).ShouldBe(words);

    [Fact]
    public void A_gate()
    {
        RuleText.Gate(null).ShouldBe("always");
        RuleText.Gate(new(0.5, "mm/s")).ShouldBe("while the level is above 0.5 mm/s");
        RuleText.Gate(new(null, null, UsesMachineState: true)).ShouldBe("while the machine’s state topic reports that it runs");
    }

    [Fact]
    public void Between_two_versions_only_what_is_different_is_told()
    {
        var after = Rules.Baseline with { IsEnabled = false, Note = "Noise", Scope = new(ScopeKind.Model, "X1") };

        RuleChange.Between(Rules.Baseline, after).ShouldBe([new("Switched", "on", "off"), new("For", "all sensors", "model “X1”"), new("Note", "none", "Noise")]);
        RuleChange.Between(after, after with { Version = 9 }).ShouldBeEmpty();
    }
}
