using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>Paths of the readings in a JSON payload.</summary>
public sealed record JsonShape
{
    /// <summary>Conditions that a message must meet, all of them, to be read; otherwise it is ignored.</summary>
    public IReadOnlyList<MessageCondition> When { get; init; } = [];

    /// <summary>The array whose elements contain the readings; null when the payload itself does.</summary>
    public JsonPath? Items { get; init; }

    /// <summary>The readings.</summary>
    public required IReadOnlyList<JsonReading> Readings { get; init; }

    /// <summary>What becomes of a negative level.</summary>
    public LevelSign Sign { get; init; }

    /// <summary>The sensor id; null for the one in the topic.</summary>
    public PayloadText? SensorId { get; init; }

    /// <summary>The location; null for the one in the topic.</summary>
    public PayloadText? Location { get; init; }

    /// <summary>The timestamp; null for the arrival time.</summary>
    public JsonPath? Timestamp { get; init; }

    /// <summary>Format of the timestamp.</summary>
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>The event id; null derives it from the reading: <see cref="DerivedEventId"/>.</summary>
    public JsonPath? EventId { get; init; }

    /// <summary>Description for display.</summary>
    internal string Words() => string.Join(
        "; ",
        ((string?[])
        [
            .. When.Select(condition => condition.Words()),
            Items is null ? null : $"each of {Items}",
            .. Readings.Select(reading => reading.Words()),
            PayloadProfile.SignWords(Sign),
            SensorId is null ? null : $"sensor {SensorId.Path?.Text ?? SensorId.Constant}",
            Location is null ? null : $"location {Location.Path?.Text ?? Location.Constant}",
            Timestamp is null ? "measured on arrival" : $"timestamp {Timestamp} ({TimestampFormat})",
            EventId is null ? null : $"event id {EventId}",
        ]).OfType<string>());
}
