using VibeDash.Core.Alerts;

namespace VibeDash.Client.Ui;

/// <summary>What is wrong in the form of a rule, for each of its fields. Immutable.</summary>
/// <param name="faults">The faults.</param>
public sealed class FormFaults(IEnumerable<RuleFault> faults)
{
    private readonly ILookup<string, string> _reasons = faults.ToLookup(fault => fault.Field, fault => fault.Reason);

    /// <summary>Nothing is wrong, or is not to be shown yet.</summary>
    public static FormFaults None { get; } = new([]);

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? Of(string field) => _reasons.Contains(field) ? string.Join(' ', _reasons[field]) : null;

    /// <summary>Value of <c>aria-invalid</c>; null leaves it out.</summary>
    public string? Invalid(string field) => _reasons.Contains(field) ? "true" : null;

    /// <summary>Id of the text that says what is wrong, for <c>aria-describedby</c>; null when nothing is.</summary>
    public string? Id(string field) => _reasons.Contains(field) ? $"fault-{field.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal)}" : null;
}
