namespace VibeDash.Core.Alerts;

/// <summary>One severity of a rule, with its thresholds and on-delay. Units depend on the rule's <see cref="ConditionKind"/>.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Threshold">Beyond it the condition holds; at it only when the condition <see cref="AlertCondition.IsInclusive"/>.</param>
/// <param name="Recovery">Recovery threshold (hysteresis): at it, or on its better side, the condition has ended.</param>
/// <param name="OnDelay">How long the condition must hold.</param>
public sealed record AlertTier(Severity Severity, double Threshold, double Recovery, AlertDelay OnDelay)
{
    /// <summary>Default recovery threshold: 10 % of the threshold's magnitude on its better side.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="isFalling">True when lower is worse.</param>
    public static double UsualRecovery(double threshold, bool isFalling = false) => Math.Round(threshold * (isFalling == threshold >= 0 ? 1.1 : 0.9), 9);
}
