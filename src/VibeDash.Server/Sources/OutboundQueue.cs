using System.Threading.Channels;

namespace VibeDash.Server.Sources;

/// <summary>
/// Outbound messages of a source for its broker; the connection publishes them. When full, the oldest is dropped: essential messages are repeated.
/// Thread-safe.
/// </summary>
internal sealed class OutboundQueue
{
    /// <summary>Maximum number of queued messages.</summary>
    public const int Capacity = 1024;

    private readonly Channel<OutboundMessage> _channel = Channel.CreateBounded<OutboundMessage>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Queues a message.</summary>
    public void Offer(OutboundMessage message) => _channel.Writer.TryWrite(message);

    /// <summary>Publishes queued messages one after the other until cancelled.</summary>
    /// <param name="publish">Publishes one message.</param>
    /// <param name="cancellationToken">Cancelled when the connection ends.</param>
    public async Task PublishAsync(Func<OutboundMessage, CancellationToken, Task> publish, CancellationToken cancellationToken)
    {
        await foreach (var message in _channel.Reader.ReadAllAsync(cancellationToken))
            await publish(message, cancellationToken);
    }
}
