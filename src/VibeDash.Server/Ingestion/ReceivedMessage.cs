using System.Text;
using System.Text.Json;
using VibeDash.Core.Live;
using VibeDash.Core.Payloads;
using VibeDash.Core.Sensors;
using VibeDash.Server.Data;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// A message that its source has parsed, with what a dead letter would keep of it; shared by its readings. A payload up to
/// <see cref="VibrationEventParser.MaximumPayloadBytes"/> is kept whole; of a larger one, which cannot become a reading, the start.
/// </summary>
internal sealed class ReceivedMessage
{
    // Beyond, they are left out, and the letter cannot be replayed.
    private const int MaximumPropertiesBytes = 64 * 1024;

    private readonly SourceMessage _message;
    private readonly long _payloadBytes;
    private readonly DateTimeOffset _receivedAt;
    private readonly bool _posted;

    /// <summary>Keeps a message.</summary>
    /// <param name="message">The message; its payload is not changed afterwards.</param>
    /// <param name="receivedAt">Server time of arrival.</param>
    /// <param name="source">Where it came from; null when no source is configured for its topic, or it did not come over MQTT.</param>
    /// <param name="posted">True when it came over HTTP.</param>
    /// <param name="payloadBytes">Length of the whole payload when the message has only its start; null when it has all of it.</param>
    public ReceivedMessage(SourceMessage message, DateTimeOffset receivedAt, TopicSource? source = null, bool posted = false, long? payloadBytes = null)
    {
        _message = message.Payload.Length <= VibrationEventParser.MaximumPayloadBytes
            ? message
            : message with { Payload = message.Payload[..DeadLetter.MaximumPayloadLength].ToArray() };
        _payloadBytes = payloadBytes ?? message.Payload.Length;
        (_receivedAt, Source, _posted) = (receivedAt, source, posted);
    }

    /// <summary>Where it came from, or null.</summary>
    public TopicSource? Source { get; }

    /// <summary>True when the sender says that it may have sent it before.</summary>
    public bool Redelivered => _message.Redelivered;

    /// <summary>True once a commit has made it a dead letter. Owned by the event loop.</summary>
    public bool IsDeadLetter { get; set; }

    /// <summary>The message as a dead letter without an id.</summary>
    public DeadLetterRow ToDeadLetter(Rejection rejection)
    {
        var properties = _message.UserProperties.Count == 0
            ? null
            : JsonSerializer.Serialize(_message.UserProperties.ToArray(), DashboardJson.Default.KeyValuePairStringStringArray);
        var propertiesBytes = properties is null ? 0 : Encoding.UTF8.GetByteCount(properties);
        var propertiesFit = propertiesBytes <= MaximumPropertiesBytes;
        return new()
        {
            ReceivedAt = UnixMicroseconds.To(UnixMicroseconds.From(_receivedAt)),
            Topic = _message.Topic,
            Reason = rejection.Reason,
            Detail = rejection.Detail,
            Payload = _message.Payload.ToArray(),
            PayloadBytes = _payloadBytes,
            IsWhole = _message.Payload.Length == _payloadBytes && propertiesFit,
            KeptBytes = _message.Payload.Length + Encoding.UTF8.GetByteCount(_message.Topic) + (propertiesFit ? propertiesBytes : 0),
            Posted = _posted,
            Source = Source?.Pattern.Text,
            PacketId = _message.PacketId,
            Redelivered = _message.Redelivered,
            Retained = _message.Retained,
            ContentType = _message.ContentType,
            UserProperties = propertiesFit ? properties : null,
        };
    }
}
