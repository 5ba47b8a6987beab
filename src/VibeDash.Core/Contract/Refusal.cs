using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>Why a command was refused: a code with arguments, from which <see cref="RefusalText"/> makes a sentence.</summary>
/// <param name="Code">The reason.</param>
/// <param name="Arguments">Values for the sentence, in the invariant culture; times are ISO 8601.</param>
public sealed record Refusal(RefusalCode Code, string[] Arguments)
{
    /// <summary>The faults of an invalid input, by field; otherwise empty.</summary>
    public FieldFault[] Faults { get; init; } = [];

    /// <summary>A refusal with arguments of any type.</summary>
    public static Refusal Of(RefusalCode code, params ReadOnlySpan<object> arguments) => new(code, FaultArguments.Of(arguments));

    /// <summary>The refusal of an invalid input.</summary>
    public static Refusal Invalid(params FieldFault[] faults) => new(RefusalCode.InvalidInput, []) { Faults = faults };

    /// <inheritdoc/>
    public bool Equals(Refusal? other) => other is not null && Code == other.Code && Arguments.SequenceEqual(other.Arguments) && Faults.SequenceEqual(other.Faults);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Arguments.Length, Faults.Length);
}
