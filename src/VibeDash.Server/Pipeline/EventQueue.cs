using System.Threading.Channels;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// The bounded queue in front of the event loop. When it is full, writers wait and sources stop receiving; nothing is dropped. Thread-safe for
/// writers; one reader.
/// </summary>
internal sealed class EventQueue
{
    /// <summary>Maximum number of waiting items.</summary>
    public const int Capacity = 8192;

    private readonly Channel<WorkItem> _channel = Channel.CreateBounded<WorkItem>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private ClockTick? _tick;

    /// <summary>Reader for the event loop.</summary>
    public ChannelReader<WorkItem> Reader => _channel.Reader;

    /// <summary>Queues an item.</summary>
    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    public ValueTask WriteAsync(WorkItem item, CancellationToken cancellationToken) => _channel.Writer.WriteAsync(item, cancellationToken);

    /// <summary>Passes on a tick. It never competes with queued items: it joins the next batch, and is queued itself only when the queue is empty.</summary>
    public void Tick(ClockTick tick)
    {
        if (_channel.Reader.Count > 0)
            Volatile.Write(ref _tick, tick);
        else
            _channel.Writer.TryWrite(tick);
    }

    /// <summary>The tick for the next batch, or null.</summary>
    public ClockTick? TakeTick() => Volatile.Read(ref _tick) is null ? null : Interlocked.Exchange(ref _tick, null);

    /// <summary>Queues a command; completes after the commit.</summary>
    /// <exception cref="ChannelClosedException">The server is stopping.</exception>
    /// <exception cref="CommandFaultException">The command could not be processed.</exception>
    public async Task<T> ExecuteAsync<T>(Command<T> command, CancellationToken cancellationToken)
    {
        await _channel.Writer.WriteAsync(command, cancellationToken);
        return await command.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Rejects further items; the reader completes when the queue is empty.</summary>
    public void Close() => _channel.Writer.TryComplete();
}
