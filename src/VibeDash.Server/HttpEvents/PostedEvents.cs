using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.People;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;

namespace VibeDash.Server.HttpEvents;

/// <summary>
/// The events of one HTTP request. All are parsed before the first is queued, so that a malformed body has no effect. Not thread-safe, except for
/// the members called by the event loop.
/// </summary>
/// <param name="receivedAt">Server time of the request.</param>
/// <param name="limit">The places to which the sender is limited; null for everywhere.</param>
internal sealed class PostedEvents(DateTimeOffset receivedAt, PlaceLimit? limit = null)
{
    /// <summary>Maximum events per request.</summary>
    public const int MaximumEvents = 10_000;

    /// <summary>Topic of dead letters from HTTP.</summary>
    public const string Topic = "http";

    private static readonly VibrationRecordedProfile Events = new();
    private static readonly CloudEventsProfile CloudEvents = new(shape: null);

    private readonly List<InboundMessage> _messages = [];
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _committedMessages;

    /// <summary>Parses an event, on arrival or when replayed; the content type tells whether it is the data of a CloudEvent.</summary>
    public static ReadingOutcome Parse(SourceMessage message, DateTimeOffset now) =>
        (message.ContentType == PostedBody.CloudEventJson ? (PayloadProfile)CloudEvents : Events).Parse(message, default, now).Single();

    /// <summary>Creates an item for an event not received over MQTT.</summary>
    public static InboundMessage Message(byte[] payload, DateTimeOffset receivedAt, Action committed, string? contentType = null, PlaceLimit? limit = null)
    {
        var message = new SourceMessage(Topic, payload) { ContentType = contentType };
        return new(new(message, receivedAt, posted: true) { Limit = limit }, Parse(message, receivedAt), _ => committed());
    }

    /// <summary>Adds an event.</summary>
    /// <exception cref="RefusedBodyException">The maximum number of events is exceeded.</exception>
    public void Add(byte[] payload) => Add(Message(payload, receivedAt, Committed, limit: limit));

    /// <summary>Adds an event that is the data of a CloudEvent.</summary>
    /// <exception cref="RefusedBodyException">The maximum number of events is exceeded.</exception>
    public void AddCloudEvent(byte[] payload) => Add(Message(payload, receivedAt, Committed, PostedBody.CloudEventJson, limit));

    /// <summary>Adds rejected input.</summary>
    /// <param name="payloadStart">Start of the input.</param>
    /// <param name="payloadBytes">Total length of the input.</param>
    /// <param name="rejection">The rejection.</param>
    /// <exception cref="RefusedBodyException">The maximum number of events is exceeded.</exception>
    public void AddRejected(byte[] payloadStart, long payloadBytes, Rejection rejection) =>
        Add(new InboundMessage(
            new(new SourceMessage(Topic, payloadStart) { PayloadBytes = payloadBytes }, receivedAt, posted: true), new(null, rejection), _ => Committed()));

    /// <summary>Queues all events in order; waits for room.</summary>
    /// <exception cref="OperationCanceledException">There was no room in time; events already queued will be stored.</exception>
    /// <exception cref="System.Threading.Channels.ChannelClosedException">The server is stopping.</exception>
    public async Task QueueAsync(EventQueue queue, CancellationToken cancellationToken)
    {
        foreach (var message in _messages)
            await queue.WriteAsync(message, cancellationToken);
    }

    /// <summary>Completes with the results when all events are on disk.</summary>
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
            throw new RefusedBodyException(Refusal.Of(RefusalCode.TooManyEvents, MaximumEvents));
        _messages.Add(message);
    }

    // The event loop is single-threaded and commits in queue order.
    private void Committed()
    {
        if (++_committedMessages == _messages.Count)
            _committed.TrySetResult();
    }
}
