namespace VibeDash.Core.Payloads;

/// <summary>Location of a machine state in a message. Immutable.</summary>
public sealed record MachineStateShape
{
    /// <summary>The sensor, a path only with <see cref="Value"/>; null for a machine, or for the sensor in the topic.</summary>
    public PayloadText? SensorId { get; init; }

    /// <summary>Full location of the machine, a path only with <see cref="Value"/>; null for a sensor, or for the machine in the topic.</summary>
    public PayloadText? Location { get; init; }

    /// <summary>Path of the word in a JSON payload; null when the payload is the word.</summary>
    public JsonPath? Value { get; init; }

    /// <summary>Path of the start time of the state, only with <see cref="Value"/>; null for the arrival time.</summary>
    public JsonPath? Timestamp { get; init; }

    /// <summary>Format of that time.</summary>
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>Words for a running machine, case-insensitive.</summary>
    public IReadOnlyList<string> Running { get; init; } = MachineStateProfile.DefaultRunning;

    /// <summary>Words for a machine at standstill, case-insensitive.</summary>
    public IReadOnlyList<string> Stopped { get; init; } = MachineStateProfile.DefaultStopped;
}
