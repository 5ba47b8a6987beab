using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>A rule as somebody wants it.</summary>
/// <param name="By">Who.</param>
/// <param name="Rule">The rule. Its version is the one they saw: when it has been changed since, nothing is done. 0 is a new rule.</param>
public sealed record RuleEdit(string By, AlertRule Rule)
{
    /// <summary>All that is wrong with it, by the field in its JSON.</summary>
    public IEnumerable<RuleFault> Faults()
    {
        if (AlertAction.NameFault(By) is { } fault)
            yield return new("by", fault);
        if (Rule is null)
            yield return new("rule", "Say what the rule is: 'rule' is missing.");
        foreach (var ofRule in Rule is null ? [] : RuleFaults.Of(Rule))
            yield return ofRule with { Field = $"rule.{ofRule.Field}" };
    }
}
