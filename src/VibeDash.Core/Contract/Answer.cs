using System.Diagnostics.CodeAnalysis;

namespace VibeDash.Core.Contract;

/// <summary>What came of a command: a value, or a refusal.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructors of the two cases.")]
public sealed record Answer<T>
    where T : class
{
    private Answer(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The value; null when it was refused.</summary>
    public T? Value { get; }

    /// <summary>Why nothing was done; null when it was done.</summary>
    public Refusal? Refusal { get; }

    /// <summary>It was done.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>It was refused.</summary>
    public static implicit operator Answer<T>(Refusal refusal) => new(null, refusal);
}
