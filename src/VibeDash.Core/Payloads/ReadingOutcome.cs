using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>What became of one reading of a message: exactly one of event, rejection, status change and machine state.</summary>
/// <param name="Event">The event, or null when it was rejected.</param>
/// <param name="Rejection">Why it was rejected, or null.</param>
/// <param name="MayBeStored">
/// True for an event that was given the time of its arrival and may have come before: then it is stored under another timestamp, and only
/// its event id tells.
/// </param>
public readonly record struct ReadingOutcome(VibrationEvent? Event, Rejection? Rejection, bool MayBeStored = false)
{
    /// <summary>What the message says about whether a sensor can be reached, or null.</summary>
    public SensorStatusChange? StatusChange { get; init; }

    /// <summary>What the message says about whether a machine runs, or null.</summary>
    public MachineStateChange? MachineState { get; init; }
}
