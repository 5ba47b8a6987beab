using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using static VibeDash.Core.Alerts.ConditionKind;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AlertRuleTests
{
    private static readonly AlertCondition Level = new(LevelAbove) { Unit = "m/s²" };
    private static readonly AlertTier Tier = new(Severity.Warning, 2, 1.8, new(3));
    private static readonly AlertRule Legal = new("x", AlertScope.All, Level, [Tier]);

    public static TheoryData<string, AlertRule> LegalRules => new()
    {
        { "plain", Legal },
        { "longest name", Legal with { Name = new('x', AlertRule.MaximumNameLength) } },
        { "longest note", Legal with { Note = new('x', AlertAction.MaximumNoteLength) } },
        { "no hysteresis", With(Tier with { Recovery = 2 }) },
        { "recovers at nothing", With(Tier with { Recovery = 0 }) },
        { "any level at all", With(Tier with { Threshold = 0, Recovery = 0 }) },
        { "three severities", With(Tier with { Severity = Severity.Advisory }, Tier with { Threshold = 3 }, new(Severity.Critical, 4, 1, AlertDelay.AtOnce)) },
        { "a severity left out", With(Tier with { Severity = Severity.Advisory }, new(Severity.Critical, 4, 1, AlertDelay.AtOnce)) },
        { "the longest holds", With(Tier with { OnDelay = new(AlertDelay.MaximumReadings, AlertDelay.MaximumTime) }) with { OffDelay = new(AlertDelay.MaximumReadings, AlertDelay.MaximumTime) } },
        { "falling", Legal with { Condition = new(LevelBelow) { Unit = "g" }, Tiers = [new(Severity.Warning, 2, 2.2, new(1)), new(Severity.Critical, 1, 1, new(1))] } },
        { "difference", Legal with { Condition = new(DifferenceAbove) { Unit = "mm/s" } } },
        { "multiple", Legal with { Condition = new(BaselineMultiple) } },
        { "change in a unit", Legal with { Condition = new(Change) { Unit = "g", Window = AlertCondition.MaximumWindow, Direction = ChangeDirection.Down } } },
        { "change in per cent", Legal with { Condition = new(Change) { IsRelative = true, Window = TimeSpan.FromTicks(1) } } },
        { "silence", Legal with { Condition = new(NoData) } },
        { "silence by cadence", Legal with { Condition = new(NoData) { IsRelative = true } } },
        { "stuck", Legal with { Condition = new(Stuck), Tiers = [new(Severity.Warning, 10, 1, new(1))] } },
        { "calibration", Legal with { Condition = new(CalibrationAge) } },
        { "baseline", Legal with { Condition = new(BaselineChange) } },
        { "clock", Legal with { Condition = new(ClockOff) } },
        { "gate by level", Legal with { Gate = new(0, "g") } },
        { "gate by state", Legal with { Gate = new(null, null, UsesMachineState: true) } },
        { "scope", Legal with { Scope = new(ScopeKind.Sensor, new('x', AlertScope.MaximumLength)) } },
    };

    public static TheoryData<string, AlertRule> Faults => new()
    {
        { "name", Legal with { Name = "" } },
        { "name", Legal with { Name = "  " } },
        { "name", Legal with { Name = null! } },
        { "name", Legal with { Name = new('x', AlertRule.MaximumNameLength + 1) } },
        { "names none", Legal with { Scope = new(ScopeKind.All, "x") } },
        { "which sensor", Legal with { Scope = new(ScopeKind.Sensor) } },
        { "which machine", Legal with { Scope = new(ScopeKind.Machine, " ") } },
        { "which label", Legal with { Scope = new(ScopeKind.Label, null!) } },
        { "scope is limited", Legal with { Scope = new(ScopeKind.Model, new('x', AlertScope.MaximumLength + 1)) } },
        { "scope is of no known kind", Legal with { Scope = new((ScopeKind)99, "x") } },
        { "no known kind", Legal with { Condition = new((ConditionKind)99) } },
        { "no known kind", Legal with { Condition = Level with { Direction = (ChangeDirection)9 } } },
        { "evaluated at its threshold", Legal with { Condition = new(Stuck) { IsInclusive = true } } },
        { "evaluated at its threshold", Legal with { Condition = new(Change) { Unit = "g", Window = TimeSpan.FromMinutes(1), IsInclusive = true } } },
        { "must be below it", Legal with { Condition = Level with { IsInclusive = true }, Tiers = [Tier with { Recovery = Tier.Threshold }] } },
        { "must be above it", Legal with { Condition = new(LevelBelow) { Unit = "g", IsInclusive = true }, Tiers = [Tier with { Recovery = Tier.Threshold }] } },
        { "in which unit the thresholds", Legal with { Condition = new(LevelAbove) } },
        { "in which unit the thresholds", Legal with { Condition = new(LevelBelow) { Unit = " " } } },
        { "in which unit the thresholds", Legal with { Condition = new(Change) { Window = TimeSpan.FromMinutes(1) } } },
        { "no unit of their own", Legal with { Condition = new(BaselineMultiple) { Unit = "g" } } },
        { "no unit of their own", Legal with { Condition = new(Change) { Unit = "g", IsRelative = true, Window = TimeSpan.FromMinutes(1) } } },
        { "within which window", Legal with { Condition = new(Change) { IsRelative = true } } },
        { "window must be", Legal with { Condition = new(Change) { IsRelative = true, Window = TimeSpan.Zero } } },
        { "window must be", Legal with { Condition = new(Change) { IsRelative = true, Window = AlertCondition.MaximumWindow + TimeSpan.FromTicks(1) } } },
        { "Only a change has a window", Legal with { Condition = Level with { Window = TimeSpan.FromMinutes(1) } } },
        { "can be relative", Legal with { Condition = Level with { IsRelative = true } } },
        { "run level or", Legal with { Gate = new(null, null) } },
        { "run level or", Legal with { Gate = new(1, "g", UsesMachineState: true) } },
        { "run level must", Legal with { Gate = new(double.NegativeInfinity, "g") } },
        { "run level must", Legal with { Gate = new(double.NaN, "g") } },
        { "which unit the run level", Legal with { Gate = new(1, null) } },
        { "on-delay", With(Tier with { OnDelay = new(0) }) },
        { "on-delay", With(Tier with { OnDelay = default }) },
        { "on-delay", With(Tier with { OnDelay = new(AlertDelay.MaximumReadings + 1) }) },
        { "on-delay", With(Tier with { OnDelay = new(1, TimeSpan.FromTicks(-1)) }) },
        { "on-delay", With(Tier with { OnDelay = new(1, AlertDelay.MaximumTime + TimeSpan.FromTicks(1)) }) },
        { "on-delay", Legal with { OffDelay = new(-1) } },
        { "note", Legal with { Note = new('x', AlertAction.MaximumNoteLength + 1) } },
        { "'name' must not hold control characters", Legal with { Name = "a\u0085b" } },
        { "'name' must not hold control characters", Legal with { Name = "a\nb" } },
        { "'note' must not hold control characters", Legal with { Note = "a\u2029b" } },
        { "'value' must not hold control characters", Legal with { Scope = new(ScopeKind.Label, "a\u0000b") } },
        { "one to three", With() },
        { "one to three", With(Tier, Tier, Tier, Tier) },
        { "no such severity", With(Tier with { Severity = 0 }) },
        { "no such severity", With(Tier with { Severity = (Severity)4 }) },
        { "The threshold must be a finite number", With(Tier with { Threshold = double.NaN }) },
        { "The threshold must be a finite number", With(Tier with { Threshold = double.PositiveInfinity }) },
        { "The recovery threshold must be a finite number", With(Tier with { Recovery = double.NaN }) },
        { "must be at most 1000000000000.", With(Tier with { Threshold = 1e307 }) },
        { "must be at most 1000000000000.", With(Tier with { Recovery = 1.1e12 }) with { Condition = new(LevelBelow) { Unit = "g" } } },
        { "must be at most 1000000000000.", Legal with { Gate = new(1e307, "g") } },
        { "must be positive", With(Tier with { Threshold = -1, Recovery = -2 }) with { Condition = new(DifferenceAbove) { Unit = "g" } } },
        { "must be positive", With(Tier with { Recovery = -1 }) with { Condition = new(BaselineMultiple) } },
        { "must be positive", With(Tier with { Threshold = 0, Recovery = 0 }) with { Condition = new(BaselineMultiple) } },
        { "at most its threshold", With(Tier with { Recovery = 2.1 }) },
        { "at least its threshold", With(Tier) with { Condition = new(LevelBelow) { Unit = "g" } } },
        { "Only a level can skip the on-delay", With(Tier with { AtOnce = 20 }) with { Condition = new(Change) { IsRelative = true, Window = TimeSpan.FromMinutes(1) } } },
        { "The threshold must be a finite number", With(Tier with { AtOnce = double.NaN }) },
        { "must be positive", With(Tier with { AtOnce = -1 }) },
        { "on-delay of Warning must be above its threshold", With(Tier with { AtOnce = 2 }) },
        { "on-delay of Warning must be below its threshold", With(Tier with { Recovery = 2.2, AtOnce = 2 }) with { Condition = new(LevelBelow) { Unit = "g" } } },
        { "must be at most 1000000000000.", With(Tier with { AtOnce = 1.1e12 }) },
        { "harder to reach", With(Tier, Tier with { Threshold = 3 }) },
        { "harder to reach", With(Tier with { Severity = Severity.Critical }, Tier with { Threshold = 3 }) },
        { "harder to reach", With(Tier, Tier with { Severity = Severity.Critical }) },
        { "harder to reach", Legal with { Condition = new(LevelBelow) { Unit = "g" }, Tiers = [new(Severity.Warning, 2, 2.2, new(1)), new(Severity.Critical, 2.1, 2.2, new(1))] } },
    };

    [Theory]
    [MemberData(nameof(LegalRules))]
    public void A_legal_rule_has_no_fault(string what, AlertRule rule) => rule.Fault().ShouldBeNull(what);

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_rule_that_makes_no_sense_is_refused_with_the_reason(string reason, AlertRule rule) => FaultText.Of(rule.Fault().ShouldNotBeNull()).ShouldContain(reason);

    [Fact]
    public void All_faults_are_told_at_once_each_with_its_field()
    {
        var rule = With(Tier with { Threshold = double.NaN, OnDelay = new(0) }) with { Name = "", Scope = new(ScopeKind.Sensor), Gate = new(double.NaN, ""), OffDelay = new(0, TimeSpan.FromDays(2)), Note = new('x', 1001) };

        RuleFaults.Of(rule).Select(fault => fault.Field)
            .ShouldBe(["name", "scope.value", "gate.runLevel", "gate.unit", "offDelay", "note", "tiers[0].onDelay", "tiers[0].threshold"]);
    }

    [Fact]
    public void The_rules_of_a_new_installation_are_legal()
    {
        AlertRule.Defaults.ShouldAllBe(rule => rule.Fault() == null);
        AlertRule.Defaults.Select(rule => rule.Kind).ShouldBe([BaselineMultiple, NoData, BaselineChange]);
        AlertRule.Defaults[0].Tiers.Select(tier => (tier.Severity, tier.Threshold, tier.Recovery, tier.OnDelay, tier.AtOnce)).ShouldBe(
            [(Severity.Warning, 2.0, 1.8, new(3), null), (Severity.Critical, 3.0, 2.7, new(3, TimeSpan.FromSeconds(10)), 10)]);
    }

    private static AlertRule With(params AlertTier[] tiers) => Legal with { Tiers = tiers };
}
