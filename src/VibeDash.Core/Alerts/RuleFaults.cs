using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>Finds the faults of a rule, by field.</summary>
public static class RuleFaults
{
    /// <summary>The faults of a rule, in the order of its fields; empty when the rule may be stored.</summary>
    public static IEnumerable<FieldFault> Of(AlertRule rule)
    {
        // Deserialized JSON may contain null despite the non-nullable types.
        if (rule.Scope is null || rule.Condition is null || rule.Tiers is null || rule.Tiers.Any(tier => tier is null))
        {
            var field = rule.Scope is null ? "scope" : rule.Condition is null ? "condition" : "tiers";
            return [FieldFault.Of(field, FaultCode.RulePartMissing)];
        }

        return [.. OfParts(rule), .. OfTiers(rule)];
    }

    private static IEnumerable<FieldFault> OfParts(AlertRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Name) || rule.Name.Length > AlertRule.MaximumNameLength)
            yield return FieldFault.Of("name", FaultCode.RuleNameLength, AlertRule.MaximumNameLength);
        else if (PlainText.HasControl(rule.Name))
            yield return FieldFault.Of("name", FaultCode.TextControl);
        if (rule.Scope.Fault() is { } scope)
            yield return scope;
        foreach (var fault in rule.Condition.Faults().Concat(rule.Gate?.Faults() ?? []))
            yield return fault;
        if (!rule.OffDelay.IsValid)
            yield return FieldFault.Of("offDelay", FaultCode.DelayOutOfRange, AlertDelay.MaximumReadings);
        if (rule.Note?.Length > AlertRule.MaximumNoteLength)
            yield return FieldFault.Of("note", FaultCode.RuleNoteTooLong, AlertRule.MaximumNoteLength);
        else if (PlainText.HasControlInLines(rule.Note))
            yield return FieldFault.Of("note", FaultCode.TextControl);
    }

    private static IEnumerable<FieldFault> OfTiers(AlertRule rule)
    {
        if (rule.Tiers.Count is 0 or > 3)
        {
            yield return FieldFault.Of("tiers", FaultCode.TierCount);
            yield break;
        }

        for (var i = 0; i < rule.Tiers.Count; i++)
        {
            var tier = rule.Tiers[i];
            if (!tier.OnDelay.IsValid)
                yield return FieldFault.Of($"tiers[{i}].onDelay", FaultCode.DelayOutOfRange, AlertDelay.MaximumReadings);
            if (!Enum.IsDefined(tier.Severity))
                yield return FieldFault.Of($"tiers[{i}].severity", FaultCode.SeverityUnknown);
            else if (Of(rule, tier, i == 0 ? null : rule.Tiers[i - 1]) is { } fault)
                yield return fault with { Field = $"tiers[{i}].{fault.Field}" };
        }
    }

    // Only the first fault in the numbers of a tier: the others follow from it, or cannot be detected until it is corrected.
    private static FieldFault? Of(AlertRule rule, AlertTier tier, AlertTier? before)
    {
        var condition = rule.Condition;
        var sign = condition.IsFalling ? -1 : 1;
        return (tier.Threshold, tier.Recovery) switch
        {
            var (threshold, _) when !double.IsFinite(threshold) => FieldFault.Of("threshold", FaultCode.ThresholdNotFinite),
            var (threshold, _) when (threshold < 0 && !condition.MayBeNegative) || (threshold == 0 && !condition.HasUnit) => FieldFault.Of("threshold", FaultCode.ThresholdNotPositive),
            var (_, recovery) when !double.IsFinite(recovery) => FieldFault.Of("recovery", FaultCode.RecoveryNotFinite),
            var (_, recovery) when recovery < 0 && !condition.MayBeNegative => FieldFault.Of("recovery", FaultCode.ThresholdNotPositive),
            var (_, recovery) when rule.Kind == ConditionKind.Stuck && recovery < 1 =>
                FieldFault.Of("recovery", FaultCode.StuckRecoveryTooLow),
            var (threshold, _) when rule.Kind == ConditionKind.Stuck && threshold is not (>= 1 and <= AlertDelay.MaximumReadings) =>
                FieldFault.Of("threshold", FaultCode.StuckOutOfRange, AlertDelay.MaximumReadings),
            var (threshold, recovery) when sign * recovery > sign * threshold =>
                FieldFault.Of("recovery", condition.IsFalling ? FaultCode.RecoveryBelowThreshold : FaultCode.RecoveryAboveThreshold, tier.Severity),
            var (threshold, recovery) when condition.IsInclusive && recovery == threshold =>
                FieldFault.Of("recovery", condition.IsFalling ? FaultCode.RecoveryNotAboveThreshold : FaultCode.RecoveryNotBelowThreshold, tier.Severity),
            var (threshold, _) when before is not null && (tier.Severity <= before.Severity || sign * threshold <= sign * before.Threshold) =>
                FieldFault.Of("threshold", FaultCode.TiersNotRising),
            _ when AtOnceFault(condition, tier, sign) is { } fault => fault,
            var (threshold, recovery) when Math.Max(Math.Abs(threshold), Math.Abs(recovery)) > Reading.MaximumLevel =>
                FieldFault.Of(Math.Abs(threshold) > Reading.MaximumLevel ? "threshold" : "recovery", FaultCode.NumberTooLarge, Reading.MaximumLevel),
            _ => null,
        };
    }

    private static FieldFault? AtOnceFault(AlertCondition condition, AlertTier tier, int sign) => tier.AtOnce switch
    {
        null => null,
        { } when !condition.ComparesLevels => FieldFault.Of("atOnce", FaultCode.AtOnceNotAllowed),
        { } atOnce when !double.IsFinite(atOnce) => FieldFault.Of("atOnce", FaultCode.ThresholdNotFinite),
        < 0 => FieldFault.Of("atOnce", FaultCode.ThresholdNotPositive),
        { } atOnce when sign * atOnce <= sign * tier.Threshold =>
            FieldFault.Of("atOnce", condition.IsFalling ? FaultCode.AtOnceNotBelowThreshold : FaultCode.AtOnceNotAboveThreshold, tier.Severity),
        > Reading.MaximumLevel => FieldFault.Of("atOnce", FaultCode.NumberTooLarge, Reading.MaximumLevel),
        _ => null,
    };
}
