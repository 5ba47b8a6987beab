namespace VibeDash.Core.Alerts;

/// <summary>All that is wrong with a rule, each where it is.</summary>
public static class RuleFaults
{
    /// <summary>The faults of a rule, in the order of its fields; none when it may be stored.</summary>
    public static IEnumerable<RuleFault> Of(AlertRule rule)
    {
        // What comes from JSON may lack what the types promise.
        if (rule.Scope is null || rule.Condition is null || rule.Tiers is null || rule.Tiers.Any(tier => tier is null))
        {
            var field = rule.Scope is null ? "scope" : rule.Condition is null ? "condition" : "tiers";
            return [new(field, "A rule has a scope, a condition and severities.")];
        }

        return [.. OfParts(rule), .. OfTiers(rule)];
    }

    private static IEnumerable<RuleFault> OfParts(AlertRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Name) || rule.Name.Length > AlertRule.MaximumNameLength)
            yield return new("name", $"The name must have 1 to {AlertRule.MaximumNameLength} characters.");
        if (rule.Scope.Fault() is { } scope)
            yield return new(Enum.IsDefined(rule.Scope.Kind) ? "scope.value" : "scope.kind", scope);
        foreach (var fault in rule.Condition.Faults().Concat(rule.Gate?.Faults() ?? []))
            yield return fault;
        if (!rule.OffDelay.IsValid)
            yield return new("offDelay", DelayFault);
        if (rule.Note?.Length > AlertRule.MaximumNoteLength)
            yield return new("note", $"The note is limited to {AlertRule.MaximumNoteLength} characters.");
    }

    private static IEnumerable<RuleFault> OfTiers(AlertRule rule)
    {
        if (rule.Tiers.Count is 0 or > 3)
        {
            yield return new("tiers", "A rule has one to three severities.");
            yield break;
        }

        for (var i = 0; i < rule.Tiers.Count; i++)
        {
            var tier = rule.Tiers[i];
            if (!tier.OnDelay.IsValid)
                yield return new($"tiers[{i}].onDelay", DelayFault);
            if (!Enum.IsDefined(tier.Severity))
                yield return new($"tiers[{i}].severity", "There is no such severity.");
            else if (Of(rule, tier, i == 0 ? null : rule.Tiers[i - 1]) is var (field, reason))
                yield return new($"tiers[{i}].{field}", reason);
        }
    }

    // Of the numbers of one severity the first fault: the others follow from it, or can only be told when it is gone.
    private static (string Field, string Reason)? Of(AlertRule rule, AlertTier tier, AlertTier? before)
    {
        var condition = rule.Condition;
        var sign = condition.IsFalling ? -1 : 1;
        return (tier.Threshold, tier.Recovery) switch
        {
            var (threshold, _) when !double.IsFinite(threshold) => ("threshold", "The threshold must be a finite number."),
            var (threshold, _) when threshold < 0 || (threshold == 0 && !condition.HasUnit) => ("threshold", "A threshold must be positive."),
            var (_, recovery) when !double.IsFinite(recovery) => ("recovery", "The recovery threshold must be a finite number."),
            var (_, recovery) when recovery < 0 => ("recovery", "A threshold must be positive."),
            var (_, recovery) when rule.Kind == ConditionKind.Stuck && recovery < 1 =>
                ("recovery", "A level comes at least 1 reading in a row: the recovery threshold must be 1 or more."),
            var (threshold, _) when rule.Kind == ConditionKind.Stuck && threshold is not (>= 1 and <= AlertDelay.MaximumReadings) =>
                ("threshold", $"A sensor is stuck after 1 to {AlertDelay.MaximumReadings} readings."),
            var (threshold, recovery) when sign * recovery > sign * threshold =>
                ("recovery", $"The recovery threshold of {tier.Severity} must be {(condition.IsFalling ? "at least" : "at most")} its threshold."),
            var (threshold, recovery) when condition.IsInclusive && recovery == threshold =>
                ("recovery", $"The condition holds at the threshold: the recovery threshold of {tier.Severity} must be {(condition.IsFalling ? "above" : "below")} it."),
            var (threshold, _) when before is not null && (tier.Severity <= before.Severity || sign * threshold <= sign * before.Threshold) =>
                ("threshold", "Each severity must be harder to reach than the one before."),
            _ => null,
        };
    }

    private static string DelayFault => $"An on-delay is 1 to {AlertDelay.MaximumReadings} readings, and a time of at most a day.";
}
