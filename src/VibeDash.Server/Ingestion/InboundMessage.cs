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
/// <param name="outcome">The reading; neither event nor rejection when the message says that it holds none.</param>
/// <param name="committed">Tells the source that the message is on disk; see <see cref="WorkItem.Committed"/>.</param>
internal sealed class InboundMessage(
    TopicSource? source, string topic, PayloadStart payload, DateTimeOffset receivedAt, ReadingOutcome outcome, Action committed) : WorkItem
{
    private const int MaximumTopicLength = 256;

    /// <summary>The event, or null when there is none.</summary>
    public VibrationEvent? Event => outcome.Event;

    /// <summary>Why it was rejected, or null.</summary>
    public Rejection? Rejection => outcome.Rejection;

    /// <summary>See <see cref="ReadingOutcome.MayBeStored"/>.</summary>
    public bool MayBeStored => outcome.MayBeStored;

    /// <summary>False when it became a dead letter; set by the event loop before <see cref="Committed"/>.</summary>
    public bool? Accepted { get; set; }

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
        if (Accepted is { } accepted)
            source?.Count(accepted);
        committed();
    }
}
