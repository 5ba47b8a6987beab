using System.Threading.Channels;
using System.Threading.RateLimiting;
using Microsoft.Extensions.ObjectPool;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// The bounded queue between event sources and the event loop. Full means wait, so that a source stops receiving; nothing is dropped.
/// Thread-safe for writers; one reader.
/// </summary>
internal sealed class EventQueue : IDisposable
{
    /// <summary>Most items that wait.</summary>
    public const int Capacity = 8192;

    /// <summary>Most bytes that large messages, those above <see cref="ReceivedMessage.KeptBuffer"/>, take together while they wait.</summary>
    public const int MaximumLargeBytes = 64 * 1024 * 1024;

    private const int BytesPerPermit = 1024;

    private static readonly Rejection UnknownTopic = new(
        RejectionReason.UnknownTopic, "No source is configured for this topic; the broker may hold a subscription of an earlier configuration.");

    private readonly Channel<WorkItem> _channel = Channel.CreateBounded<WorkItem>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    // As many as wait and are being committed at most.
    private readonly DefaultObjectPool<InboundMessage> _pool;
    private readonly TimeProvider _time;
    private ClockTick? _tick;

    // What waits is bounded by its number while it is small, and by its size when it is large.
    private readonly ConcurrencyLimiter _room = new(new()
    {
        PermitLimit = MaximumLargeBytes / BytesPerPermit, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public EventQueue(TimeProvider time)
    {
        _time = time;
        _pool = new(new PooledMessages(this), Capacity + EventLoop.MaximumBatch);
    }

    /// <summary>Where the event loop reads.</summary>
    public ChannelReader<WorkItem> Reader => _channel.Reader;

    /// <summary>What a message is when no source is configured for its topic.</summary>
    public static IReadOnlyList<ReadingOutcome> OfUnknownTopic => [new(null, UnknownTopic)];

    /// <summary>Parses a message and queues each of its readings, as an event or as a dead letter.</summary>
    /// <param name="source">The source of its topic, or null when none is configured for it.</param>
    /// <param name="message">The message; its payload is not used once the task is done.</param>
    /// <param name="known">The texts that the connection it came by has seen.</param>
    /// <param name="committed">Told the packet identifier after the commit of all of it; must not block or throw. Not called when the server stops before.</param>
    /// <param name="cancellationToken">Gives up waiting for room.</param>
    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    public ValueTask ReceiveAsync(TopicSource? source, SourceMessage message, KnownTexts known, Action<ushort> committed, CancellationToken cancellationToken) =>
        message.Payload.Length > ReceivedMessage.KeptBuffer
            ? ReceiveLargeAsync(source, message, known, committed, cancellationToken)
            : ReceiveAnyAsync(source, message, known, committed, cancellationToken);

    private async ValueTask ReceiveLargeAsync(
        TopicSource? source, SourceMessage message, KnownTexts known, Action<ushort> committed, CancellationToken cancellationToken)
    {
        var kept = Math.Min(message.Payload.Length, VibrationEventParser.MaximumPayloadBytes);
        var room = await _room.AcquireAsync(kept / BytesPerPermit, cancellationToken);
        try
        {
            await ReceiveAnyAsync(source, message, known, Committed, cancellationToken);
        }
        catch
        {
            room.Dispose();
            throw;
        }

        void Committed(ushort packetId)
        {
            room.Dispose();
            committed(packetId);
        }
    }

    private ValueTask ReceiveAnyAsync(TopicSource? source, SourceMessage message, KnownTexts known, Action<ushort> committed, CancellationToken cancellationToken)
    {
        if (source is not { IsOneReading: true })
            return ReceiveManyAsync(source, message, committed, cancellationToken);

        var item = _pool.Get();
        item.ReadOne(source, message, _time.GetUtcNow(), known, committed);
        return _channel.Writer.WriteAsync(item, cancellationToken);
    }

    /// <summary>Queues a message that its source has parsed, or a command.</summary>
    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    public ValueTask WriteAsync(WorkItem item, CancellationToken cancellationToken) => _channel.Writer.WriteAsync(item, cancellationToken);

    /// <summary>Tells the event loop the time. Takes no place from what waits: it goes with the next batch, and wakes the loop only when there is none.</summary>
    public void Tick(ClockTick tick)
    {
        if (_channel.Reader.Count > 0)
            Volatile.Write(ref _tick, tick);
        else
            _channel.Writer.TryWrite(tick);
    }

    /// <summary>The time that goes with the next batch, or null.</summary>
    public ClockTick? TakeTick() => Volatile.Read(ref _tick) is null ? null : Interlocked.Exchange(ref _tick, null);

    /// <summary>Has a command done; completes after the commit.</summary>
    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    public async Task<T> DoAsync<T>(Command<T> command, CancellationToken cancellationToken)
    {
        await _channel.Writer.WriteAsync(command, cancellationToken);
        return await command.Completion.WaitAsync(cancellationToken);
    }

    private async ValueTask ReceiveManyAsync(TopicSource? source, SourceMessage message, Action<ushort> committed, CancellationToken cancellationToken)
    {
        var receivedAt = _time.GetUtcNow();
        var outcomes = source?.Parse(message, receivedAt) ?? OfUnknownTopic;
        var received = new ReceivedMessage(message, receivedAt, source);

        for (var i = 0; i < outcomes.Count - 1; i++)
            await _channel.Writer.WriteAsync(new InboundMessage(received, outcomes[i], static _ => { }), cancellationToken);

        // A message that holds no readings waits for its turn, too: answers go out in the order of their messages.
        var last = outcomes.Count > 0 ? outcomes[^1] : default;
        await _channel.Writer.WriteAsync(new InboundMessage(received, last, committed), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    /// <summary>Accepts nothing more; the reader ends when it has taken what is there.</summary>
    public void Close() => _channel.Writer.TryComplete();

    private sealed class PooledMessages(EventQueue queue) : PooledObjectPolicy<InboundMessage>
    {
        public override InboundMessage Create() => new(queue._pool);

        public override bool Return(InboundMessage obj) => true;
    }
}
