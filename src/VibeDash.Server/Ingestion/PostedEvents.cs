using VibeDash.Core.Live;
using VibeDash.Core.Payloads;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// The events of one HTTP request. All are read before the first is queued, so that a body that turns out to be malformed leaves nothing
/// behind. Not thread-safe, but for what the event loop calls.
/// </summary>
internal sealed class PostedEvents(DateTimeOffset receivedAt)
{
    /// <summary>Most events in one request.</summary>
    public const int MaximumEvents = 10_000;

    /// <summary>What dead letters have for a topic.</summary>
    public const string Topic = "http";

    // Its data is the seed event: one outcome.
    private static readonly CloudEventsProfile CloudEvents = new(shape: null);

    private readonly List<InboundMessage> _messages = [];
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _committedMessages;

    /// <summary>Adds an event.</summary>
    /// <exception cref="BadHttpRequestException">There are too many.</exception>
    public void Add(byte[] payload) => Add(InboundMessage.Parse(Topic, payload, receivedAt, Committed));

    /// <summary>Adds an event that comes as the data of a CloudEvent.</summary>
    /// <exception cref="BadHttpRequestException">There are too many.</exception>
    public void AddCloudEvent(byte[] payload)
    {
        var message = new SourceMessage(Topic, payload);
        Add(new InboundMessage(null, message, receivedAt, CloudEvents.Parse(message, default, receivedAt).Single(), _ => Committed()));
    }

    /// <summary>Adds something that is no event.</summary>
    /// <param name="payloadStart">The start of what was sent.</param>
    /// <param name="payloadBytes">Length of all of it.</param>
    /// <param name="rejection">What is wrong with it.</param>
    /// <exception cref="BadHttpRequestException">There are too many.</exception>
    public void AddRejected(byte[] payloadStart, long payloadBytes, Rejection rejection) =>
        Add(InboundMessage.Rejected(Topic, payloadStart, payloadBytes, receivedAt, rejection, Committed));

    /// <summary>Queues all of them, in order; waits for room.</summary>
    /// <exception cref="OperationCanceledException">There was no room in time; those before are queued and will be stored.</exception>
    /// <exception cref="System.Threading.Channels.ChannelClosedException">The server is stopping.</exception>
    public async Task QueueAsync(EventQueue queue, CancellationToken cancellationToken)
    {
        foreach (var message in _messages)
            await queue.WriteAsync(message, cancellationToken);
    }

    /// <summary>Completes when all are on disk, with what became of them.</summary>
    public async Task<EventsResult> ResultAsync()
    {
        if (_messages.Count > 0)
            await _committed.Task;
        var items = _messages.Select(message => message.Result!).ToArray();
        return new(Count(items, EventOutcome.Stored), Count(items, EventOutcome.Duplicate), Count(items, EventOutcome.Rejected), items);
    }

    private static int Count(EventResult[] items, EventOutcome outcome) => items.Count(item => item.Outcome == outcome);

    private void Add(InboundMessage message)
    {
        if (_messages.Count == MaximumEvents)
            throw new BadHttpRequestException($"A request may have {MaximumEvents:N0} events.", StatusCodes.Status413PayloadTooLarge);
        _messages.Add(message);
    }

    // The event loop is one thread, and commits in the order of the queue.
    private void Committed()
    {
        if (++_committedMessages == _messages.Count)
            _committed.TrySetResult();
    }
}
