using Microsoft.Extensions.ObjectPool;
using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Sources;

/// <summary>
/// One reading of a message from an event source, or why there is none. A message with several readings is as many of these in a row; the
/// last one's commit is the message's, as the event loop commits in order. Used again after its commit when it comes from a pool.
/// </summary>
internal sealed class InboundMessage : WorkItem
{
    private readonly ObjectPool<InboundMessage>? _pool;
    private ReadingOutcome _outcome;
    private Action<ushort> _committed = static _ => { };

    /// <summary>An empty one that goes back to <paramref name="pool"/> after its commit.</summary>
    public InboundMessage(ObjectPool<InboundMessage> pool) => (_pool, Message) = (pool, new());

    /// <summary>A reading.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="outcome">The reading, or what is said of a sensor; nothing when the message says that it holds none.</param>
    /// <param name="committed">Told the packet identifier when the message is on disk; see <see cref="WorkItem.Committed"/>.</param>
    public InboundMessage(ReceivedMessage message, ReadingOutcome outcome, Action<ushort> committed) =>
        (Message, _outcome, _committed) = (message, outcome, committed);

    /// <summary>The message, which its other readings share.</summary>
    public ReceivedMessage Message { get; }

    /// <summary>The event, or null when there is none.</summary>
    public VibrationEvent? Event => _outcome.Event;

    /// <summary>Why it was rejected, or null.</summary>
    public Rejection? Rejection => _outcome.Rejection;

    /// <summary>What it says about whether a sensor can be reached, or null.</summary>
    public SensorStatusChange? StatusChange => _outcome.StatusChange;

    /// <summary>What it says about whether a machine runs, or null.</summary>
    public MachineStateChange? MachineState => _outcome.MachineState;

    /// <summary>Of a status change or a machine's state: true when there is such a sensor; set by the event loop before <see cref="Committed"/>.</summary>
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
    public void ReadOne(TopicSource source, in SourceMessage message, DateTimeOffset receivedAt, KnownTexts known, Action<ushort> committed)
    {
        Message.Take(message, receivedAt, source);
        (_outcome, _committed) = (source.ParseOne(message, receivedAt, known), committed);
    }

    /// <inheritdoc/>
    public override void Committed()
    {
        if (Result is { } result)
            Message.Source?.Count(result.Outcome != EventOutcome.Rejected);
        else if (StatusChange is not null || MachineState is not null)
            Message.Source?.CountStatus(ConcernsSensor);
        _committed(Message.PacketId);
        if (_pool is null)
            return;

        (_outcome, Result) = (default, null);
        Message.Forget();
        _pool.Return(this);
    }
}
