using System.Threading.Channels;

namespace VibeDash.Server.Sources;

/// <summary>
/// What a source has to say to the broker it listens to; its connection takes it from here. Full means that the oldest is dropped: what matters
/// is said again. Thread-safe.
/// </summary>
internal sealed class OutboundQueue
{
    /// <summary>Most messages that wait.</summary>
    public const int Capacity = 1024;

    private readonly Channel<OutboundMessage> _channel = Channel.CreateBounded<OutboundMessage>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Lays a message down.</summary>
    public void Offer(OutboundMessage message) => _channel.Writer.TryWrite(message);

    /// <summary>Publishes what is there and what comes, one after the other, until cancelled.</summary>
    /// <param name="publish">Publishes one message.</param>
    /// <param name="cancellationToken">The connection ends.</param>
    public async Task PublishAsync(Func<OutboundMessage, CancellationToken, Task> publish, CancellationToken cancellationToken)
    {
        await foreach (var message in _channel.Reader.ReadAllAsync(cancellationToken))
            await publish(message, cancellationToken);
    }
}
