using VibeDash.Core.Alerts;

namespace VibeDash.Core.Live;

/// <summary>What came of a change to a rule.</summary>
/// <param name="Rule">The rule as it is now; null when it was deleted, or nothing was done.</param>
/// <param name="Fault">Why nothing was done, in one sentence; null when it was done.</param>
public sealed record RuleResult(AlertRule? Rule, string? Fault);
