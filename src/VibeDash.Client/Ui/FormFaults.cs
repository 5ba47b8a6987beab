using VibeDash.Core.Faults;

namespace VibeDash.Client.Ui;

/// <summary>The faults of a rule's form by field. Immutable.</summary>
/// <param name="faults">The faults.</param>
public sealed class FormFaults(IEnumerable<FieldFault> faults)
{
    private readonly ILookup<string, string> _reasons = faults.ToLookup(fault => fault.Field, FaultText.Of);

    /// <summary>No faults to show.</summary>
    public static FormFaults None { get; } = new([]);

    /// <summary>The fault of a field; null when it has none.</summary>
    public string? Of(string field) => _reasons.Contains(field) ? string.Join(' ', _reasons[field]) : null;

    /// <summary>Value of <c>aria-invalid</c>; null omits it.</summary>
    public string? Invalid(string field) => _reasons.Contains(field) ? "true" : null;

    /// <summary>Id of the fault's text, for <c>aria-describedby</c>; null when the field has no fault.</summary>
    public string? Id(string field) => _reasons.Contains(field) ? $"fault-{field.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal)}" : null;
}
