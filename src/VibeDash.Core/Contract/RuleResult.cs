using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>What came of a change to a rule.</summary>
/// <param name="Rule">The rule as it is now; null when it was deleted, or nothing was done.</param>
/// <param name="Fault">Why nothing was done, in one sentence; null when it was done.</param>
public sealed record RuleResult(AlertRule? Rule, string? Fault)
{
    /// <summary>What is wrong with what was asked for, by the field in its JSON (<see cref="RuleEdit"/>); null when it is nothing of that kind.</summary>
    public Dictionary<string, string[]>? Errors { get; init; }
}
