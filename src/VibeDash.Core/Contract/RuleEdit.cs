using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>The content of a rule, as entered by a person.</summary>
/// <param name="Rule">The rule. Its version is the one the person saw: when the rule has changed since, the edit is refused. 0 for a new rule.</param>
public sealed record RuleEdit(AlertRule Rule)
{
    /// <summary>Path of the rule in the JSON: prefix of the field names from <see cref="RuleFaults"/>.</summary>
    public const string Prefix = "rule.";

    /// <summary>All faults.</summary>
    public IEnumerable<FieldFault> Faults() => Rule is null
        ? [FieldFault.Of("rule", FaultCode.RuleMissing)]
        : RuleFaults.Of(Rule).Select(fault => fault with { Field = Prefix + fault.Field });
}
