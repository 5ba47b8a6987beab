namespace VibeDash.Core.Readings;

/// <summary>Whether a machine runs, by what was said of it.</summary>
/// <param name="Runs">True when it runs.</param>
/// <param name="Since">Since when it does, or does not; the earliest time there is when it has never been said to stand still.</param>
public readonly record struct MachineState(bool Runs, DateTimeOffset Since = default)
{
    /// <summary>While nothing has been said, a machine runs: nothing falls silent because nobody spoke.</summary>
    public static MachineState Unknown { get; } = new(Runs: true);
}
