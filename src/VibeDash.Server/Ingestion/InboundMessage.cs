using System.Text;
using VibeDash.Core.Live;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Ingestion;

/// <summary>A message from an event source, parsed.</summary>
/// <param name="topic">MQTT topic, or what stands for it.</param>
/// <param name="payload">The payload as received.</param>
/// <param name="receivedAt">Server time of arrival.</param>
/// <param name="committed">Tells the source that the message is on disk; see <see cref="WorkItem.Committed"/>.</param>
internal sealed class InboundMessage(string topic, byte[] payload, DateTimeOffset receivedAt, Action committed) : WorkItem
{
    private const int MaximumTopicLength = 256;

    // The whole payload is needed no longer than it takes to parse it; what a dead letter keeps is short.
    private readonly byte[] _payloadStart = payload.Length <= DeadLetter.MaximumPayloadLength ? payload : payload[..DeadLetter.MaximumPayloadLength];

    /// <summary>The event, or null when the message was rejected.</summary>
    public VibrationEvent? Event { get; private init; }

    /// <summary>Why it was rejected, or null.</summary>
    public Rejection? Rejection { get; private init; }

    /// <summary>What became of it; set by the event loop before <see cref="Committed"/>.</summary>
    public EventResult? Result { get; set; }

    private long PayloadBytes { get; init; } = payload.Length;

    /// <summary>Parses <paramref name="payload"/>.</summary>
    public static InboundMessage Parse(string topic, byte[] payload, DateTimeOffset receivedAt, Action committed)
    {
        VibrationEventParser.TryParse(payload, receivedAt, out var vibrationEvent, out var rejection);
        return new(topic, payload, receivedAt, committed) { Event = vibrationEvent, Rejection = rejection };
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
        new(topic, payloadStart, receivedAt, committed) { Rejection = rejection, PayloadBytes = payloadBytes };

    /// <summary>The message as a dead letter.</summary>
    public DeadLetter ToDeadLetter(long id, Rejection rejection) => new(
        id,
        receivedAt,
        topic.Length <= MaximumTopicLength ? topic : topic[..MaximumTopicLength],
        rejection.Reason,
        rejection.Detail,
        Encoding.UTF8.GetString(_payloadStart),
        PayloadBytes);

    /// <inheritdoc/>
    public override void Committed() => committed();
}
