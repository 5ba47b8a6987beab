using System.Runtime.InteropServices;
using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>
/// The message is a CloudEvent 1.0, in structured mode as JSON or in binary mode as MQTT user properties (MQTT binding 1.0.2). Its data is the
/// seed event, or JSON whose readings are found by paths into the structured form, whichever way the event came: <c>$.data.rms</c>,
/// <c>$.subject</c>.
/// </summary>
public sealed class CloudEventsProfile : PayloadProfile
{
    private static readonly JsonPath Id = Known("$.id");
    private static readonly JsonPath Time = Known("$.time");

    private readonly JsonShape? _timed;
    private readonly JsonShape? _untimed;

    /// <summary>A profile for data of this shape.</summary>
    /// <param name="shape">Where the readings are; without an event id the CloudEvent's own is taken, without a timestamp its time. Null when the data is the seed event.</param>
    public CloudEventsProfile(JsonShape? shape)
    {
        if (shape is null)
            return;
        _untimed = shape with { EventId = shape.EventId ?? Id };
        _timed = shape.Timestamp is not null ? _untimed : _untimed with { Timestamp = Time, TimestampFormat = TimestampFormat.Iso8601 };
    }

    /// <inheritdoc/>
    public override string Name => "CloudEvents";

    /// <inheritdoc/>
    public override string Settings => _timed?.Words() ?? "";

    private protected override ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt)
    {
        using var document = CloudEventEnvelope.Open(message);
        var root = document.RootElement;
        if (_timed is not null)
            return new JsonReadings(Time.Find(root, root) is null ? _untimed! : _timed, root, message, topic, receivedAt).Read();
        if (!root.TryGetProperty("data", out var data))
            throw EventRules.Missing("data");
        return [ReadSeedEvent(JsonMarshal.GetRawUtf8Value(data), topic, receivedAt)];
    }

    private static JsonPath Known(string text) => JsonPath.TryParse(text, out var path) ? path : throw new ArgumentException("Not a path.", nameof(text));
}
