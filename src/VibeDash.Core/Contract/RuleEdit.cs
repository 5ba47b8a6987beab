using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>A rule as somebody wants it.</summary>
/// <param name="Rule">The rule. Its version is the one they saw: when it has been changed since, nothing is done. 0 is a new rule.</param>
public sealed record RuleEdit(AlertRule Rule)
{
    /// <summary>Path of the rule in the JSON, before the fields of <see cref="RuleFaults"/>.</summary>
    public const string Prefix = "rule.";

    /// <summary>All faults.</summary>
    public IEnumerable<FieldFault> Faults() => Rule is null
        ? [FieldFault.Of("rule", FaultCode.RuleMissing)]
        : RuleFaults.Of(Rule).Select(fault => fault with { Field = Prefix + fault.Field });
}
