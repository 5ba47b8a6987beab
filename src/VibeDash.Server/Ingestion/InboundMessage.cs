using System.Text;
using Microsoft.Extensions.ObjectPool;
using VibeDash.Core.Live;
using VibeDash.Core.Payloads;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// One reading of a message from an event source, or why there is none. A message with several readings is as many of these in a row; the
/// last one's commit is the message's, as the event loop commits in order. Used again after its commit when it comes from a pool.
/// </summary>
internal sealed class InboundMessage : WorkItem
{
    private const int MaximumTopicLength = 256;

    // What is used again keeps no more memory than a common event needs.
    private const int KeptBuffer = 2048;

    private readonly ObjectPool<InboundMessage>? _pool;
    private byte[] _buffer = [];
    private TopicSource? _source;
    private string _topic = "";
    private ReadOnlyMemory<byte> _payload;
    private long _payloadBytes;
    private DateTimeOffset _receivedAt;
    private ReadingOutcome _outcome;
    private Action<ushort> _committed = static _ => { };
    private ushort _packetId;

    /// <summary>An empty message that goes back to <paramref name="pool"/> after its commit.</summary>
    public InboundMessage(ObjectPool<InboundMessage> pool) => _pool = pool;

    /// <summary>A message that is read.</summary>
    /// <param name="source">Where it came from; null when no source is configured for its topic.</param>
    /// <param name="message">The message; its payload is not changed afterwards.</param>
    /// <param name="receivedAt">Server time of arrival.</param>
    /// <param name="outcome">The reading, or what is said of a sensor; nothing when the message says that it holds none.</param>
    /// <param name="committed">Told the packet identifier when the message is on disk; see <see cref="WorkItem.Committed"/>.</param>
    public InboundMessage(TopicSource? source, SourceMessage message, DateTimeOffset receivedAt, ReadingOutcome outcome, Action<ushort> committed)
    {
        Take(source, message, receivedAt, committed);
        (_payload, _outcome) = (message.Payload, outcome);
    }

    /// <summary>Parses a seed event that did not come over MQTT.</summary>
    public static InboundMessage Parse(string topic, byte[] payload, DateTimeOffset receivedAt, Action committed)
    {
        var outcome = VibrationEventParser.TryParse(payload, receivedAt, out var vibrationEvent, out var rejection)
            ? new ReadingOutcome(vibrationEvent, null)
            : new(null, rejection);
        return new(null, new(topic, payload), receivedAt, outcome, _ => committed());
    }

    /// <summary>A message that its source found to be no event.</summary>
    /// <param name="topic">MQTT topic, or what stands for it.</param>
    /// <param name="payloadStart">The payload, or as much of its start as a dead letter keeps.</param>
    /// <param name="payloadBytes">Length of the whole payload.</param>
    /// <param name="receivedAt">Server time of arrival.</param>
    /// <param name="rejection">What is wrong with it.</param>
    /// <param name="committed">See <see cref="WorkItem.Committed"/>.</param>
    public static InboundMessage Rejected(
        string topic, byte[] payloadStart, long payloadBytes, DateTimeOffset receivedAt, Rejection rejection, Action committed) =>
        new(null, new(topic, payloadStart) { PayloadBytes = payloadBytes }, receivedAt, new(null, rejection), _ => committed());

    /// <summary>The event, or null when there is none.</summary>
    public VibrationEvent? Event => _outcome.Event;

    /// <summary>Why it was rejected, or null.</summary>
    public Rejection? Rejection => _outcome.Rejection;

    /// <summary>What it says about whether a sensor can be reached, or null.</summary>
    public SensorStatusChange? StatusChange => _outcome.StatusChange;

    /// <summary>Of a status change: true when there is such a sensor; set by the event loop before <see cref="Committed"/>.</summary>
    public bool ConcernsSensor { get; set; }

    /// <summary>See <see cref="ReadingOutcome.MayBeStored"/>.</summary>
    public bool MayBeStored => _outcome.MayBeStored;

    /// <summary>What became of it; set by the event loop before <see cref="Committed"/>, unless it holds no reading.</summary>
    public EventResult? Result { get; set; }

    /// <summary>Takes over a message of exactly one reading, and reads it.</summary>
    /// <param name="source">Its source.</param>
    /// <param name="message">The message; its payload is copied.</param>
    /// <param name="receivedAt">Server time of arrival.</param>
    /// <param name="known">Texts that need not be made again.</param>
    /// <param name="committed">Told the packet identifier when the message is on disk.</param>
    public void ReadOne(TopicSource source, SourceMessage message, DateTimeOffset receivedAt, KnownTexts known, Action<ushort> committed)
    {
        Take(source, message, receivedAt, committed);
        if (_buffer.Length < message.Payload.Length)
            _buffer = new byte[message.Payload.Length];
        message.Payload.CopyTo(_buffer);
        _payload = _buffer.AsMemory(0, message.Payload.Length);
        _outcome = source.ParseOne(message, receivedAt, known);
    }

    /// <summary>The message as a dead letter.</summary>
    public DeadLetter ToDeadLetter(long id, Rejection rejection) => new(
        id,
        _receivedAt,
        _topic.Length <= MaximumTopicLength ? _topic : _topic[..MaximumTopicLength],
        rejection.Reason,
        rejection.Detail,
        Encoding.UTF8.GetString(_payload.Span[..Math.Min(_payload.Length, DeadLetter.MaximumPayloadLength)]),
        _payloadBytes);

    /// <inheritdoc/>
    public override void Committed()
    {
        if (Result is { } result)
            _source?.Count(result.Outcome != EventOutcome.Rejected);
        else if (StatusChange is not null)
            _source?.CountStatus(ConcernsSensor);
        _committed(_packetId);
        if (_pool is null)
            return;

        (_payload, _outcome, Result) = (default, default, null);
        if (_buffer.Length > KeptBuffer)
            _buffer = [];
        _pool.Return(this);
    }

    private void Take(TopicSource? source, in SourceMessage message, DateTimeOffset receivedAt, Action<ushort> committed)
    {
        (_source, _topic, _payloadBytes, _packetId) = (source, message.Topic, message.PayloadBytes, message.PacketId);
        (_receivedAt, _committed) = (receivedAt, committed);
    }
}
