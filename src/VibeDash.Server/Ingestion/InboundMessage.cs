using System.Text;
using VibeDash.Core.Live;
using VibeDash.Core.Payloads;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// One reading of a message from an event source, or why there is none. A message with several readings is as many of these in a row; the
/// last one's commit is the message's, as the event loop commits in order.
/// </summary>
/// <param name="source">Where it came from; null when no source is configured for its topic.</param>
/// <param name="topic">MQTT topic.</param>
/// <param name="payload">The payload as received.</param>
/// <param name="receivedAt">Server time of arrival.</param>
/// <param name="outcome">The reading, or what is said of a sensor; nothing when the message says that it holds none.</param>
/// <param name="committed">Tells the source that the message is on disk; see <see cref="WorkItem.Committed"/>.</param>
internal sealed class InboundMessage(
    TopicSource? source, string topic, PayloadStart payload, DateTimeOffset receivedAt, ReadingOutcome outcome, Action committed) : WorkItem
{
    private const int MaximumTopicLength = 256;

    /// <summary>The event, or null when there is none.</summary>
    public VibrationEvent? Event => outcome.Event;

    /// <summary>Why it was rejected, or null.</summary>
    public Rejection? Rejection => outcome.Rejection;

    /// <summary>What it says about whether a sensor can be reached, or null.</summary>
    public SensorStatusChange? StatusChange => outcome.StatusChange;

    /// <summary>Of a status change: true when there is such a sensor; set by the event loop before <see cref="Committed"/>.</summary>
    public bool ConcernsSensor { get; set; }

    /// <summary>See <see cref="ReadingOutcome.MayBeStored"/>.</summary>
    public bool MayBeStored => outcome.MayBeStored;

    /// <summary>What became of it; set by the event loop before <see cref="Committed"/>, unless it holds no reading.</summary>
    public EventResult? Result { get; set; }

    /// <summary>Parses a seed event that did not come over MQTT.</summary>
    public static InboundMessage Parse(string topic, byte[] payload, DateTimeOffset receivedAt, Action committed)
    {
        VibrationEventParser.TryParse(payload, receivedAt, out var vibrationEvent, out var rejection);
        return new(null, topic, PayloadStart.Of(payload), receivedAt, new(vibrationEvent, rejection), committed);
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
        new(null, topic, PayloadStart.Of(payloadStart) with { WholeLength = payloadBytes }, receivedAt, new(null, rejection), committed);

    /// <summary>The message as a dead letter.</summary>
    public DeadLetter ToDeadLetter(long id, Rejection rejection) => new(
        id,
        receivedAt,
        topic.Length <= MaximumTopicLength ? topic : topic[..MaximumTopicLength],
        rejection.Reason,
        rejection.Detail,
        Encoding.UTF8.GetString(payload.Bytes.Span),
        payload.WholeLength);

    /// <inheritdoc/>
    public override void Committed()
    {
        if (Result is { } result)
            source?.Count(result.Outcome != EventOutcome.Rejected);
        else if (StatusChange is not null)
            source?.CountStatus(ConcernsSensor);
        committed();
    }
}
