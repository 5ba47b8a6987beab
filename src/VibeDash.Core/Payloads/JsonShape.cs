namespace VibeDash.Core.Payloads;

/// <summary>Where in a JSON payload its readings are.</summary>
public sealed record JsonShape
{
    /// <summary>The array whose elements each hold the readings; null when the payload itself does.</summary>
    public JsonPath? Items { get; init; }

    /// <summary>The readings.</summary>
    public required IReadOnlyList<JsonReading> Readings { get; init; }

    /// <summary>The sensor id; null takes it from the topic.</summary>
    public PayloadText? SensorId { get; init; }

    /// <summary>The location; null takes it from the topic.</summary>
    public PayloadText? Location { get; init; }

    /// <summary>The timestamp; null stands for the time of arrival.</summary>
    public JsonPath? Timestamp { get; init; }

    /// <summary>How the timestamp is written.</summary>
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>The event id; null derives it from the reading: <see cref="DerivedEventId"/>.</summary>
    public JsonPath? EventId { get; init; }
}
