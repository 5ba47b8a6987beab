namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// The connections of the embedded broker, no more than <see cref="EmbeddedBrokerLimits"/> allow. Those that do not say who they are make room
/// for new ones, so that no number of them keeps a sensor out. Thread-safe.
/// </summary>
internal sealed partial class EmbeddedBrokerConnections(TimeProvider time, ILogger<EmbeddedBrokerConnections> logger)
{
    private static readonly TimeSpan Told = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IDisposable, LinkedListNode<IDisposable>?> _connections = [];
    private readonly LinkedList<IDisposable> _silent = [];
    private int _subscribers;
    private int _ended;
    private long? _lastPushed;

    /// <summary>Places for messages that are longer than <see cref="EmbeddedBrokerLimits.PacketBytes"/>.</summary>
    public SemaphoreSlim LongMessages { get; } = new(EmbeddedBrokerLimits.LongMessages, EmbeddedBrokerLimits.LongMessages);

    /// <summary>
    /// For a client that comes, until the library has put it in the place of an earlier one of its id; for one that goes, until the library has forgotten
    /// it. Both at once, and what the library forgets, and closes, may be the client that came again.
    /// </summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Takes in a new connection, and closes another one for it if there are too many.</summary>
    /// <returns>False when there is no room, and it is to be closed.</returns>
    public bool TryAdd(IDisposable connection)
    {
        IDisposable? oldest = null;
        lock (_lock)
        {
            if (_silent.Count >= EmbeddedBrokerLimits.SilentConnections || _connections.Count >= EmbeddedBrokerLimits.Connections)
            {
                oldest = _silent.First?.Value;
                if (oldest is null)
                    return false;
                Forget(oldest);
            }

            _connections.Add(connection, _silent.AddLast(connection));
        }

        oldest?.Dispose();
        return true;
    }

    /// <summary>It has said who it is.</summary>
    public void Connected(IDisposable connection)
    {
        lock (_lock)
        {
            if (_connections.TryGetValue(connection, out var node) && node is not null)
            {
                _silent.Remove(node);
                _connections[connection] = null;
            }
        }
    }

    /// <summary>It has ended.</summary>
    public void Remove(IDisposable connection)
    {
        lock (_lock)
            Forget(connection);
    }

    /// <summary>Counts a connection that subscribes; false when there are too many.</summary>
    public bool TryAddSubscriber()
    {
        lock (_lock)
        {
            if (_subscribers >= EmbeddedBrokerLimits.Subscribers)
                return false;
            _subscribers++;
            return true;
        }
    }

    /// <summary>It subscribes no more.</summary>
    public void RemoveSubscriber()
    {
        lock (_lock)
            _subscribers--;
    }

    /// <summary>Closes all of them.</summary>
    public void CloseAll()
    {
        IDisposable[] all;
        lock (_lock)
            all = [.. _connections.Keys];
        foreach (var connection in all)
            connection.Dispose();
    }

    /// <summary>Tells the log why a connection was ended; not each time, as that would be one more way to fill a disk.</summary>
    public void Ended(string client, string reason)
    {
        int count;
        lock (_lock)
        {
            _ended++;
            if (_lastPushed is { } told && time.GetElapsedTime(told) < Told)
                return;
            _lastPushed = time.GetTimestamp();
            (count, _ended) = (_ended, 0);
        }

        LogEnded(count, client, reason);
    }

    private void Forget(IDisposable connection)
    {
        if (_connections.Remove(connection, out var node) && node is not null)
            _silent.Remove(node);
    }

    [LoggerMessage(LogLevel.Warning, "The embedded broker ended {Count} connections since it last said so, the latest of {Client}: {Reason}")]
    private partial void LogEnded(int count, string client, string reason);
}
