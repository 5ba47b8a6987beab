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

    /// <summary>In words for people.</summary>
    internal string Words() => string.Join(
        "; ",
        ((string?[])
        [
            Items is null ? null : $"each of {Items}",
            .. Readings.Select(reading => reading.Words()),
            SensorId is null ? null : $"sensor {SensorId.Path?.Text ?? SensorId.Constant}",
            Location is null ? null : $"location {Location.Path?.Text ?? Location.Constant}",
            Timestamp is null ? "measured on arrival" : $"timestamp {Timestamp} ({TimestampFormat})",
            EventId is null ? null : $"event id {EventId}",
        ]).OfType<string>());
}
