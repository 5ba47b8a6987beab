namespace VibeDash.Core.Alerts;

/// <summary>One severity of a rule, and what it takes. The unit of the numbers depends on the rule's <see cref="ConditionKind"/>.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Threshold">Beyond this the condition holds; at it only where it <see cref="AlertCondition.IsInclusive"/>.</param>
/// <param name="Recovery">At this, or on its better side, the condition has ended: the recovery threshold (hysteresis).</param>
/// <param name="OnDelay">For how long the condition has to hold.</param>
public sealed record AlertTier(Severity Severity, double Threshold, double Recovery, AlertDelay OnDelay)
{
    /// <summary>A recovery threshold that suits most: 10 % on the better side of the threshold.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="isFalling">True when lower is worse.</param>
    public static double UsualRecovery(double threshold, bool isFalling = false) => Math.Round(threshold * (isFalling ? 1.1 : 0.9), 9);
}
