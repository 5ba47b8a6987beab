using VibeDash.Core.Alerts;

namespace VibeDash.Client.Rules;

/// <summary>A severity while it is being edited. Numbers are as they are shown.</summary>
/// <param name="severity">The severity.</param>
public sealed class TierDraft(Severity severity)
{
    /// <summary>The severity.</summary>
    public Severity Severity => severity;

    /// <summary>True when the rule has it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Its threshold; null while it is not entered.</summary>
    public double? Threshold { get; set; }

    /// <summary>Its recovery threshold; null for the usual one.</summary>
    public double? Recovery { get; set; }

    /// <summary>Its hold duration in readings.</summary>
    public int? HoldReadings { get; set; } = 1;

    /// <summary>Its hold duration in minutes.</summary>
    public double? HoldMinutes { get; set; }

    /// <summary>The severity as it is to be.</summary>
    /// <param name="condition">The condition of its rule.</param>
    /// <param name="scale">What a threshold is multiplied with.</param>
    public AlertTier Tier(AlertCondition condition, double scale) => new(
        severity,
        (Threshold ?? double.NaN) * scale,
        (Recovery ?? UsualRecovery(condition) ?? double.NaN) * scale,
        new(HoldReadings ?? 0, RuleDraft.Minutes(HoldMinutes)));

    /// <summary>The recovery threshold when none is entered.</summary>
    public double? UsualRecovery(AlertCondition condition) => condition.Kind == ConditionKind.Stuck ? 1
        : Threshold is { } threshold && RuleText.HasTiming(condition.Kind) ? AlertTier.UsualRecovery(threshold, condition.IsFalling)
        : Threshold;
}
