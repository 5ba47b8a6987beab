using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>The set of sensors that a rule covers.</summary>
/// <param name="Kind">Property by which sensors are selected.</param>
/// <param name="Value">The model, location, machine, label or sensor id, compared case-insensitively; empty for <see cref="ScopeKind.All"/>.</param>
public sealed record AlertScope(ScopeKind Kind, string Value = "")
{
    /// <summary>Maximum length of the value, in characters.</summary>
    public const int MaximumLength = 256;

    /// <summary>All sensors.</summary>
    public static AlertScope All { get; } = new(ScopeKind.All);

    /// <summary>The fault, its field name relative to the rule; null when there is none.</summary>
    public FieldFault? Fault() => this switch
    {
        { Kind: ScopeKind.All, Value.Length: > 0 } => FieldFault.Of("scope.value", FaultCode.ScopeNamesAll),
        { Kind: ScopeKind.All } => null,
        _ when !Enum.IsDefined(Kind) => FieldFault.Of("scope.kind", FaultCode.ScopeKindUnknown),
        _ when string.IsNullOrWhiteSpace(Value) => FieldFault.Of("scope.value", FaultCode.ScopeValueMissing, Kind.ToString().ToLowerInvariant()),
        { Value.Length: > MaximumLength } => FieldFault.Of("scope.value", FaultCode.ScopeTooLong, MaximumLength),

        // As in the locations that sensors send.
        _ when PlainText.HasControlInLines(Value) => FieldFault.Of("scope.value", FaultCode.TextControl),
        _ => null,
    };

    /// <summary>True when the scope includes this sensor.</summary>
    public bool Covers(string sensorId, SensorFacts facts, IReadOnlyCollection<string> labels) => Kind switch
    {
        ScopeKind.All => true,
        ScopeKind.Model => Is(facts.Model),
        ScopeKind.Location => Begins(facts.Location),
        ScopeKind.Machine => Is(facts.Location),
        ScopeKind.Label => labels.Contains(Value, StringComparer.OrdinalIgnoreCase),
        ScopeKind.Sensor => Is(sensorId),
        _ => false,
    };

    /// <summary>Positive when this scope is more specific than <paramref name="other"/>, negative when it is less specific, otherwise 0.</summary>
    public int CompareSpecificity(AlertScope other) =>
        Kind != other.Kind ? Kind.CompareTo(other.Kind)
        : Kind == ScopeKind.Location ? Value.Length.CompareTo(other.Value.Length)
        : 0;

    private bool Is(string? text) => string.Equals(Value, text, StringComparison.OrdinalIgnoreCase);

    private bool Begins(string location) =>
        location.StartsWith(Value, StringComparison.OrdinalIgnoreCase) && (location.Length == Value.Length || location[Value.Length] == ',');
}
