using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>Outcome of one reading of a message: exactly one of event, rejection, status change and machine state.</summary>
/// <param name="Event">The event, or null when it was rejected.</param>
/// <param name="Rejection">The rejection, or null.</param>
/// <param name="MayBeStored">
/// True for an event stamped on arrival that may have been received before: it would then be stored with a different timestamp, and only its event
/// id identifies it.
/// </param>
public readonly record struct ReadingOutcome(VibrationEvent? Event, Rejection? Rejection, bool MayBeStored = false)
{
    /// <summary>Reported reachability of a sensor, or null.</summary>
    public SensorStatusChange? StatusChange { get; init; }

    /// <summary>Reported state of a machine, or null.</summary>
    public MachineStateChange? MachineState { get; init; }
}
