namespace VibeDash.Core.Payloads;

/// <summary>Where a message says whether a machine runs. Immutable.</summary>
public sealed record MachineStateShape
{
    /// <summary>The sensor it is about, a path only with <see cref="Value"/>; null for a machine, or when the topic names the sensor.</summary>
    public PayloadText? SensorId { get; init; }

    /// <summary>The machine by its whole location, a path only with <see cref="Value"/>; null for a sensor, or when the topic names the machine.</summary>
    public PayloadText? Location { get; init; }

    /// <summary>Where in a JSON payload the word is; null when it is the payload.</summary>
    public JsonPath? Value { get; init; }

    /// <summary>Where the time is from which on it holds, only with <see cref="Value"/>; null for the time of arrival.</summary>
    public JsonPath? Timestamp { get; init; }

    /// <summary>How that is written.</summary>
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>The words for a machine that runs; case does not matter.</summary>
    public IReadOnlyList<string> Running { get; init; } = MachineStateProfile.DefaultRunning;

    /// <summary>The words for one that stands still.</summary>
    public IReadOnlyList<string> Stopped { get; init; } = MachineStateProfile.DefaultStopped;
}
