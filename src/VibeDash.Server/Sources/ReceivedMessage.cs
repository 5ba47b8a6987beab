using System.Numerics;
using System.Text;
using System.Text.Json;
using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.People;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Sources;

/// <summary>
/// A message from a source, with the data a dead letter would keep; shared by its readings. Payloads up to
/// <see cref="VibrationEventParser.MaximumPayloadBytes"/> are kept whole; of a larger one, which cannot become a reading, only the start is kept.
/// </summary>
internal sealed class ReceivedMessage
{
    // Larger properties are left out, and the letter cannot be replayed.
    private const int MaximumPropertiesBytes = 64 * 1024;

    /// <summary>Maximum size of a reusable buffer, in bytes: several typical events.</summary>
    public const int KeptBuffer = 2048;

    private byte[] _buffer = [];
    private SourceMessage _message;
    private long _payloadBytes;
    private readonly bool _posted;

    // Owned by the event loop.
    private bool _isDeadLetter;
    private long _deadLetterOf;

    /// <summary>An empty message, for <see cref="Take"/>.</summary>
    public ReceivedMessage()
    {
    }

    /// <summary>Captures a message.</summary>
    /// <param name="message">The message; its payload is copied.</param>
    /// <param name="receivedAt">Server time of arrival.</param>
    /// <param name="source">Its source; null when no source matches its topic, or when it was not received over MQTT.</param>
    /// <param name="posted">True when it was received over HTTP.</param>
    public ReceivedMessage(in SourceMessage message, DateTimeOffset receivedAt, TopicSource? source = null, bool posted = false)
    {
        _posted = posted;
        Take(message, receivedAt, source);
    }

    /// <summary>Its source, or null.</summary>
    public TopicSource? Source { get; private set; }

    /// <summary>The places to which its sender is limited; null for everywhere.</summary>
    public PlaceLimit? Limit { get; init; }

    /// <summary>Name of what sent it, for sensors that send changes only; else null: <see cref="TopicSource.SenderOf"/>.</summary>
    public string? Sender { get; private set; }

    /// <summary>True when the broker had retained it for an unknown time.</summary>
    public bool Retained => _message.Retained;

    /// <summary>MQTT packet identifier; 0 at QoS 0.</summary>
    public ushort PacketId => _message.PacketId;

    /// <summary>True when the sender marks it as possibly sent before.</summary>
    public bool Redelivered => _message.Redelivered;

    /// <summary>Server time of arrival.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>Replaces the captured message.</summary>
    public void Take(in SourceMessage message, DateTimeOffset receivedAt, TopicSource? source)
    {
        var kept = message.Payload.Length <= VibrationEventParser.MaximumPayloadBytes ? message.Payload : message.Payload[..DeadLetter.MaximumPayloadLength];

        // Round up: the buffer need not grow with each slightly longer message.
        if (_buffer.Length < kept.Length)
            _buffer = new byte[kept.Length <= KeptBuffer ? BitOperations.RoundUpToPowerOf2((uint)kept.Length) : kept.Length];
        kept.CopyTo(_buffer);
        _message = message with { Payload = _buffer.AsMemory(0, kept.Length) };
        (_payloadBytes, ReceivedAt, Source, Sender) = (message.PayloadBytes, receivedAt, source, source?.SenderOf(message.Topic));
    }

    /// <summary>Marks the message as a dead letter of a transaction.</summary>
    /// <returns>False when it is already a dead letter, of an earlier commit or of this transaction.</returns>
    public bool TryBecomeDeadLetter(long transaction)
    {
        if (_isDeadLetter || _deadLetterOf == transaction)
            return false;
        _deadLetterOf = transaction;
        return true;
    }

    /// <summary>The transaction of one of its readings is on disk.</summary>
    public void Committed() => _isDeadLetter |= _deadLetterOf != 0;

    /// <summary>Releases the message.</summary>
    public void Forget()
    {
        (_message, _isDeadLetter, _deadLetterOf) = (default, false, 0);
        if (_buffer.Length > KeptBuffer)
            _buffer = [];
    }

    /// <summary>Creates a dead letter without an id.</summary>
    public DeadLetterRow ToDeadLetter(Rejection rejection)
    {
        var properties = _message.UserProperties.Count == 0
            ? null
            : JsonSerializer.Serialize(_message.UserProperties.ToArray(), DashboardJson.Default.KeyValuePairStringStringArray);
        var propertiesBytes = properties is null ? 0 : Encoding.UTF8.GetByteCount(properties);
        var propertiesFit = propertiesBytes <= MaximumPropertiesBytes;
        return new()
        {
            ReceivedAt = UnixMicroseconds.Whole(ReceivedAt),
            Topic = _message.Topic,
            Reason = rejection.Reason,
            Detail = rejection.Detail,
            Payload = _message.Payload.ToArray(),
            PayloadBytes = _payloadBytes,
            IsWhole = _message.Payload.Length == _payloadBytes && propertiesFit && Source is not { IsStateful: true },
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
