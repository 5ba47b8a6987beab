using System.Diagnostics.CodeAnalysis;

namespace VibeDash.Core.Contract;

/// <summary>The result of a command: a value, or a refusal.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructors of the two cases.")]
public sealed record Answer<T>
    where T : class
{
    private Answer(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The value; null when the command was refused.</summary>
    public T? Value { get; }

    /// <summary>Why the command was refused; null when it was executed.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The answer of an executed command.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>The answer of a refused command.</summary>
    public static implicit operator Answer<T>(Refusal refusal) => new(null, refusal);
}
