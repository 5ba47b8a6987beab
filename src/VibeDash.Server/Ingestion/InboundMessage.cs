using VibeDash.Core.Live;
using VibeDash.Core.Payloads;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// One reading of a message from an event source, or why there is none. A message with several readings is as many of these in a row; the
/// last one's commit is the message's, as the event loop commits in order.
/// </summary>
/// <param name="message">The message.</param>
/// <param name="outcome">The reading; neither event nor rejection when the message says that it holds none.</param>
/// <param name="committed">Tells the source that the message is on disk; see <see cref="WorkItem.Committed"/>.</param>
internal sealed class InboundMessage(ReceivedMessage message, ReadingOutcome outcome, Action committed) : WorkItem
{
    /// <summary>The message, which its other readings share.</summary>
    public ReceivedMessage Message => message;

    /// <summary>The event, or null when there is none.</summary>
    public VibrationEvent? Event => outcome.Event;

    /// <summary>Why it was rejected, or null.</summary>
    public Rejection? Rejection => outcome.Rejection;

    /// <summary>See <see cref="ReadingOutcome.MayBeStored"/>.</summary>
    public bool MayBeStored => outcome.MayBeStored;

    /// <summary>What became of it; set by the event loop before <see cref="Committed"/>, unless it holds no reading.</summary>
    public EventResult? Result { get; set; }

    /// <inheritdoc/>
    public override void Committed()
    {
        if (Result is { } result)
            message.Source?.Count(result.Outcome != EventOutcome.Rejected);
        committed();
    }
}
