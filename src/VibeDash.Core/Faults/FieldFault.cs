namespace VibeDash.Core.Faults;

/// <summary>A fault in one field of an input.</summary>
/// <param name="Field">Path of the field in the JSON, e.g. <c>text</c>, <c>rule.tiers[0].recovery</c>.</param>
/// <param name="Code">The kind of fault.</param>
/// <param name="Arguments">Values for the sentence: see <see cref="FaultText"/>.</param>
public sealed record FieldFault(string Field, FaultCode Code, string[] Arguments)
{
    /// <summary>A fault with arguments of any type.</summary>
    public static FieldFault Of(string field, FaultCode code, params ReadOnlySpan<object> arguments) => new(field, code, FaultArguments.Of(arguments));

    /// <inheritdoc/>
    public bool Equals(FieldFault? other) => other is not null && (Field, Code) == (other.Field, other.Code) && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Field, Code, Arguments.Length);
}
