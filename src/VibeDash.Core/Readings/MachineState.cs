namespace VibeDash.Core.Readings;

/// <summary>Reported run state of a machine.</summary>
/// <param name="Runs">True when it runs.</param>
/// <param name="Since">Start of the state; the minimum time when no standstill was ever reported.</param>
public readonly record struct MachineState(bool Runs, DateTimeOffset Since = default)
{
    /// <summary>Without a report a machine counts as running, so that missing reports do not suppress alerts.</summary>
    public static MachineState Unknown { get; } = new(Runs: true);
}
