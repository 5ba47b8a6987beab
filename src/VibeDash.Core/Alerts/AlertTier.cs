namespace VibeDash.Core.Alerts;

/// <summary>One severity of a rule, and what it takes. The unit of the numbers depends on the rule's <see cref="ConditionKind"/>.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Threshold">Beyond this (not at it) the condition holds.</param>
/// <param name="Recovery">At this, or on its better side, the condition has ended: the recovery threshold (hysteresis).</param>
/// <param name="Hold">For how long the condition has to hold.</param>
public sealed record AlertTier(Severity Severity, double Threshold, double Recovery, HoldDuration Hold);
