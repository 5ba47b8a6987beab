using VibeDash.Core.Alerts;

namespace VibeDash.Core.Live;

/// <summary>A rule as somebody wants it.</summary>
/// <param name="By">Who.</param>
/// <param name="Rule">The rule. Its version is the one they saw: when it has been changed since, nothing is done. 0 is a new rule.</param>
public sealed record RuleEdit(string By, AlertRule Rule)
{
    /// <summary>What is wrong with it, in one sentence, or null when nothing is.</summary>
    public string? Fault() => AlertAction.NameFault(By) ?? (Rule is null ? "Say what the rule is: 'rule' is missing." : Rule.Fault());
}
