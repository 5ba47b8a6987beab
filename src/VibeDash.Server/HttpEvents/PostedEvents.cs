using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;

namespace VibeDash.Server.HttpEvents;

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

    private static readonly VibrationRecordedProfile Events = new();
    private static readonly CloudEventsProfile CloudEvents = new(shape: null);

    private readonly List<InboundMessage> _messages = [];
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _committedMessages;

    /// <summary>What an event is, whenever it is read; its content type tells whether it is the data of a CloudEvent.</summary>
    public static ReadingOutcome Parse(SourceMessage message, DateTimeOffset now) =>
        (message.ContentType == PostedBody.CloudEventJson ? (PayloadProfile)CloudEvents : Events).Parse(message, default, now).Single();

    /// <summary>An event that did not come over MQTT.</summary>
    public static InboundMessage Message(byte[] payload, DateTimeOffset receivedAt, Action committed, string? contentType = null)
    {
        var message = new SourceMessage(Topic, payload) { ContentType = contentType };
        return new(new(message, receivedAt, posted: true), Parse(message, receivedAt), _ => committed());
    }

    /// <summary>Adds an event.</summary>
    /// <exception cref="BadHttpRequestException">There are too many.</exception>
    public void Add(byte[] payload) => Add(Message(payload, receivedAt, Committed));

    /// <summary>Adds an event that comes as the data of a CloudEvent.</summary>
    /// <exception cref="BadHttpRequestException">There are too many.</exception>
    public void AddCloudEvent(byte[] payload) => Add(Message(payload, receivedAt, Committed, PostedBody.CloudEventJson));

    /// <summary>Adds something that is no event.</summary>
    /// <param name="payloadStart">The start of what was sent.</param>
    /// <param name="payloadBytes">Length of all of it.</param>
    /// <param name="rejection">What is wrong with it.</param>
    /// <exception cref="BadHttpRequestException">There are too many.</exception>
    public void AddRejected(byte[] payloadStart, long payloadBytes, Rejection rejection) =>
        Add(new InboundMessage(
            new(new SourceMessage(Topic, payloadStart) { PayloadBytes = payloadBytes }, receivedAt, posted: true), new(null, rejection), _ => Committed()));

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
