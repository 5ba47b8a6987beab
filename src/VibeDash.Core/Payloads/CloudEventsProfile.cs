using System.Runtime.InteropServices;
using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>
/// Messages are CloudEvents 1.0, in structured mode as JSON or in binary mode as MQTT user properties (MQTT binding 1.0.2). The data is the
/// seed event, or JSON whose readings are found by paths into the structured form, in either mode: <c>$.data.rms</c>,
/// <c>$.subject</c>.
/// </summary>
public sealed class CloudEventsProfile : PayloadProfile
{
    private static readonly JsonPath Id = Known("$.id");
    private static readonly JsonPath Time = Known("$.time");

    private readonly LevelSign _sign;
    private readonly JsonShape? _timed;
    private readonly JsonShape? _untimed;

    /// <summary>Creates a profile for data of this shape.</summary>
    /// <param name="shape">Paths of the readings; the CloudEvent's id and time are defaults for event id and timestamp. Null when the data is the seed event.</param>
    /// <param name="sign">What becomes of a negative level of the seed event; a shape has its own.</param>
    public CloudEventsProfile(JsonShape? shape, LevelSign sign = LevelSign.NotNegative)
    {
        _sign = sign;
        if (shape is null)
            return;
        _untimed = shape with { EventId = shape.EventId ?? Id };
        _timed = shape.Timestamp is not null ? _untimed : _untimed with { Timestamp = Time, TimestampFormat = TimestampFormat.Iso8601 };
    }

    /// <inheritdoc/>
    public override string Name => "CloudEvents";

    /// <inheritdoc/>
    public override string Settings => _timed?.Words() ?? SignWords(_sign) ?? "";

    private protected override ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt)
    {
        using var document = CloudEventEnvelope.Open(message);
        var root = document.RootElement;
        if (_timed is not null)
            return new JsonReadings(Time.Find(root, root) is null ? _untimed! : _timed, root, message, topic, receivedAt).Read();
        if (!root.TryGetProperty("data", out var data))
            throw EventRules.Missing("data");
        return [ReadSeedEvent(JsonMarshal.GetRawUtf8Value(data), topic, receivedAt, _sign)];
    }

    private static JsonPath Known(string text) => JsonPath.TryParse(text, out var path) ? path : throw new ArgumentException("Not a path.", nameof(text));
}
