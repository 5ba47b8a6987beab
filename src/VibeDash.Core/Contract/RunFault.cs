using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>Why a backup or a replay ended early: a code with arguments, from which <see cref="RunFaultText"/> makes a sentence.</summary>
/// <param name="Code">The reason.</param>
/// <param name="Arguments">Values for the sentence, in the invariant culture.</param>
public sealed record RunFault(RunFaultCode Code, string[] Arguments)
{
    /// <summary>A fault with arguments of any type.</summary>
    public static RunFault Of(RunFaultCode code, params ReadOnlySpan<object> arguments) => new(code, FaultArguments.Of(arguments));

    /// <inheritdoc/>
    public bool Equals(RunFault? other) => other is not null && Code == other.Code && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Arguments.Length);
}
