namespace VibeDash.Core.Alerts;

/// <summary>One severity of a rule, with its thresholds and on-delay. Units depend on the rule's <see cref="ConditionKind"/>.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Threshold">Beyond it the condition holds; at it only when the condition <see cref="AlertCondition.IsInclusive"/>.</param>
/// <param name="Recovery">Recovery threshold (hysteresis): at it, or on its better side, the condition has ended.</param>
/// <param name="OnDelay">How long the condition must hold.</param>
public sealed record AlertTier(Severity Severity, double Threshold, double Recovery, AlertDelay OnDelay)
{
    /// <summary>
    /// Threshold beyond which the on-delay is skipped; null for none. It is also skipped for a level beyond <see cref="Threshold"/> when the sender itself
    /// calls it critical (<see cref="SenderWord"/>). Only where a level is compared with a level (<see cref="AlertCondition.ComparesLevels"/>).
    /// </summary>
    public double? AtOnce { get; init; }

    /// <summary>Default recovery threshold: 10 % of the threshold's magnitude on its better side.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="isFalling">True when lower is worse.</param>
    public static double UsualRecovery(double threshold, bool isFalling = false) => Math.Round(threshold * (isFalling == threshold >= 0 ? 1.1 : 0.9), 9);
}
