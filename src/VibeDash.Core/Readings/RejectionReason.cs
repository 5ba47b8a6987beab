namespace VibeDash.Core.Readings;

/// <summary>Reason for the rejection of a message.</summary>
public enum RejectionReason
{
    /// <summary>The payload is longer than <see cref="VibrationEventParser.MaximumPayloadBytes"/>.</summary>
    PayloadTooLarge,

    /// <summary>The payload is not UTF-8.</summary>
    InvalidEncoding,

    /// <summary>The payload is not JSON, or not of the outer form required by its profile: the seed event is one JSON object.</summary>
    MalformedJson,

    /// <summary><c>eventType</c> is something other than <c>VibrationRecorded</c>.</summary>
    UnknownEventType,

    /// <summary>A required field is absent or null.</summary>
    MissingField,

    /// <summary>A field has the wrong JSON type, is too long, or contains control characters.</summary>
    InvalidField,

    /// <summary>A number is negative where its source does not allow it, not finite, or beyond <see cref="Reading.MaximumLevel"/>.</summary>
    InvalidNumber,

    /// <summary>The timestamp is not ISO 8601.</summary>
    InvalidTimestamp,

    /// <summary>The timestamp has no time zone.</summary>
    TimestampWithoutZone,

    /// <summary>The timestamp is before the year 2000 or too far ahead of the server's clock.</summary>
    TimestampOutOfRange,

    /// <summary>The sensor id does not satisfy <see cref="SensorId.IsValid"/>.</summary>
    InvalidSensorId,

    /// <summary>A new sensor, although the maximum number of sensors is reached.</summary>
    TooManySensors,

    /// <summary>The message contains more readings than <see cref="Payloads.PayloadProfile.MaximumReadings"/>.</summary>
    TooManyReadings,

    /// <summary>A retained message without a timestamp: its time of measurement is unknown.</summary>
    RetainedWithoutTimestamp,

    /// <summary>No source is configured for the topic. The broker may still hold a subscription of an earlier configuration.</summary>
    UnknownTopic,

    /// <summary>The payload is neither a word for online nor for offline.</summary>
    UnknownStatus,

    /// <summary>The payload is not protobuf of its profile.</summary>
    MalformedProtobuf,

    /// <summary>Data of a metric, device or edge node whose birth was not received.</summary>
    UnknownMetric,

    /// <summary>More metrics or edge nodes than the server keeps.</summary>
    TooManyMetrics,

    /// <summary>An event of a key that is limited to places, of a sensor that is not there.</summary>
    OutsidePlaces,

    /// <summary>The server failed to process the message: a fault of the server, logged with its stack trace.</summary>
    ProcessingFailed,
}
