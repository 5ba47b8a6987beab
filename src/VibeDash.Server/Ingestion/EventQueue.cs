using System.Threading.Channels;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Server.Data;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// The bounded queue between event sources and the event loop. Full means wait, so that a source stops receiving; nothing is dropped.
/// Thread-safe for writers; one reader.
/// </summary>
internal sealed class EventQueue(TimeProvider time)
{
    /// <summary>Most items that wait.</summary>
    public const int Capacity = 8192;

    private readonly Channel<WorkItem> _channel = Channel.CreateBounded<WorkItem>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    /// <summary>Where the event loop reads.</summary>
    public ChannelReader<WorkItem> Reader => _channel.Reader;

    /// <summary>Parses a message and queues it, as a reading or as a dead letter.</summary>
    /// <param name="topic">MQTT topic.</param>
    /// <param name="payload">The payload; not changed by the caller afterwards.</param>
    /// <param name="committed">Called after the commit; must not block or throw. Not called when the server stops before.</param>
    /// <param name="cancellationToken">Gives up waiting for room.</param>
    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    public ValueTask ReceiveAsync(string topic, byte[] payload, Action committed, CancellationToken cancellationToken) =>
        _channel.Writer.WriteAsync(InboundMessage.Parse(topic, payload, time.GetUtcNow(), committed), cancellationToken);

    /// <summary>Queues a message that its source has parsed.</summary>
    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    public ValueTask WriteAsync(InboundMessage message, CancellationToken cancellationToken) => _channel.Writer.WriteAsync(message, cancellationToken);

    /// <summary>Acknowledges an alert; completes after the commit.</summary>
    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    public async Task<AcknowledgeResult> AcknowledgeAsync(long alertId, Acknowledgement acknowledgement, CancellationToken cancellationToken)
    {
        // Whole microseconds, which is what the database keeps: what is told live and what is read back are the same.
        var now = UnixMicroseconds.To(UnixMicroseconds.From(time.GetUtcNow()));
        var command = new AcknowledgeCommand(alertId, acknowledgement, now);
        await _channel.Writer.WriteAsync(command, cancellationToken);
        return await command.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Accepts nothing more; the reader ends when it has taken what is there.</summary>
    public void Close() => _channel.Writer.TryComplete();
}
