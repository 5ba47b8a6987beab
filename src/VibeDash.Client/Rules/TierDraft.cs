using VibeDash.Core.Alerts;

namespace VibeDash.Client.Rules;

/// <summary>The input of a severity, with numbers as displayed.</summary>
/// <param name="severity">The severity.</param>
public sealed class TierDraft(Severity severity)
{
    /// <summary>The severity.</summary>
    public Severity Severity => severity;

    /// <summary>True when the rule has this severity.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Threshold; null while not entered.</summary>
    public double? Threshold { get; set; }

    /// <summary>Recovery threshold; null for the default.</summary>
    public double? Recovery { get; set; }

    /// <summary>On-delay in readings.</summary>
    public int? HoldReadings { get; set; } = 1;

    /// <summary>On-delay in seconds.</summary>
    public double? HoldSeconds { get; set; }

    /// <summary>Threshold beyond which the on-delay is skipped; null for none.</summary>
    public double? AtOnce { get; set; }

    /// <summary>The tier of the input.</summary>
    /// <param name="condition">Condition of the rule.</param>
    /// <param name="scale">Factor from displayed to stored thresholds.</param>
    public AlertTier Tier(AlertCondition condition, double scale) => new(
        severity,
        (Threshold ?? double.NaN) * scale,
        (Recovery ?? UsualRecovery(condition) ?? double.NaN) * scale,
        new(HoldReadings ?? 0, RuleDraft.Time(HoldSeconds, TimeSpan.TicksPerSecond)))
    {
        AtOnce = condition.ComparesLevels ? AtOnce : null,
    };

    /// <summary>The default recovery threshold.</summary>
    public double? UsualRecovery(AlertCondition condition) => condition.Kind == ConditionKind.Stuck ? 1
        : Threshold is { } threshold && RuleText.HasTiming(condition.Kind) ? AlertTier.UsualRecovery(threshold, condition.IsFalling)
        : Threshold;
}
