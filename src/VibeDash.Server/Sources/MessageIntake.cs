using System.Threading.Channels;
using System.Threading.RateLimiting;
using Microsoft.Extensions.ObjectPool;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Sources;

/// <summary>Parses messages with their source and queues each reading for the event loop. Thread-safe.</summary>
internal sealed class MessageIntake : IDisposable
{
    /// <summary>Maximum total bytes of waiting large messages, i.e. those above <see cref="ReceivedMessage.KeptBuffer"/>.</summary>
    public const int MaximumLargeBytes = 64 * 1024 * 1024;

    private const int BytesPerPermit = 1024;

    private static readonly Rejection UnknownTopic = new(
        RejectionReason.UnknownTopic, "No source is configured for this topic; the broker may hold a subscription of an earlier configuration.");

    private readonly EventQueue _queue;
    private readonly TimeProvider _time;

    // Holds as many items as can be queued or in a commit.
    private readonly DefaultObjectPool<InboundMessage> _pool;

    // The queue limits small messages by number; this limits large ones by size.
    private readonly ConcurrencyLimiter _room = new(new()
    {
        PermitLimit = MaximumLargeBytes / BytesPerPermit, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public MessageIntake(EventQueue queue, TimeProvider time)
    {
        (_queue, _time) = (queue, time);
        _pool = new(new PooledMessages(this), EventQueue.Capacity + EventLoop.MaximumBatch);
    }

    /// <summary>Outcome of a message whose topic matches no source.</summary>
    public static IReadOnlyList<ReadingOutcome> OfUnknownTopic => [new(null, UnknownTopic)];

    /// <summary>Parses a message and queues each of its readings, as an event or as a dead letter.</summary>
    /// <param name="source">The source of its topic, or null when no source matches.</param>
    /// <param name="message">The message; its payload is copied.</param>
    /// <param name="known">The texts seen on its connection.</param>
    /// <param name="committed">Called with the packet identifier after the commit of the whole message; must not block or throw. Not called if the server stops before.</param>
    /// <param name="cancellationToken">Cancels the wait for room.</param>
    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    public ValueTask ReceiveAsync(TopicSource? source, SourceMessage message, KnownTexts known, Action<ushort> committed, CancellationToken cancellationToken) =>
        message.Payload.Length > ReceivedMessage.KeptBuffer
            ? ReceiveLargeAsync(source, message, known, committed, cancellationToken)
            : ReceiveAnyAsync(source, message, known, committed, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

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
        return _queue.WriteAsync(item, cancellationToken);
    }

    private async ValueTask ReceiveManyAsync(TopicSource? source, SourceMessage message, Action<ushort> committed, CancellationToken cancellationToken)
    {
        var receivedAt = _time.GetUtcNow();
        var outcomes = source?.Parse(message, receivedAt) ?? OfUnknownTopic;
        var received = new ReceivedMessage(message, receivedAt, source);

        for (var i = 0; i < outcomes.Count - 1; i++)
            await _queue.WriteAsync(new InboundMessage(received, outcomes[i], static _ => { }), cancellationToken);

        // A message without readings is queued, too, to keep acknowledgements in message order.
        var last = outcomes.Count > 0 ? outcomes[^1] : default;
        await _queue.WriteAsync(new InboundMessage(received, last, committed), cancellationToken);
    }

    private sealed class PooledMessages(MessageIntake intake) : PooledObjectPolicy<InboundMessage>
    {
        public override InboundMessage Create() => new(intake._pool);

        public override bool Return(InboundMessage obj) => true;
    }
}
