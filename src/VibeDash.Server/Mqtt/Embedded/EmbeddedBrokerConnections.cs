using VibeDash.Server.Logging;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// The connections of the embedded broker, within <see cref="EmbeddedBrokerLimits"/>. Unidentified connections make room for new ones, so they
/// cannot lock a sensor out. Thread-safe.
/// </summary>
internal sealed partial class EmbeddedBrokerConnections(TimeProvider time, ILogger<EmbeddedBrokerConnections> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IDisposable, LinkedListNode<IDisposable>?> _connections = [];
    private readonly LinkedList<IDisposable> _silent = [];
    private readonly LogLimit _ended = new(time);
    private int _subscribers;

    /// <summary>Slots for messages longer than <see cref="EmbeddedBrokerLimits.PacketBytes"/>.</summary>
    public SemaphoreSlim LongMessages { get; } = new(EmbeddedBrokerLimits.LongMessages, EmbeddedBrokerLimits.LongMessages);

    /// <summary>
    /// Serialises connects and disconnects: held for a new client until the library has replaced an earlier one with its id, and for a closed one until
    /// the library has removed it. If they overlapped, the library could remove and close the returning client.
    /// </summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Adds a new connection; closes the oldest unidentified one if there are too many.</summary>
    /// <returns>False when there is no room: close it.</returns>
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

    /// <summary>The client has identified itself.</summary>
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

    /// <summary>Removes a closed connection.</summary>
    public void Remove(IDisposable connection)
    {
        lock (_lock)
            Forget(connection);
    }

    /// <summary>Counts a subscribing connection; false when there are too many.</summary>
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

    /// <summary>Removes a subscribing connection from the count.</summary>
    public void RemoveSubscriber()
    {
        lock (_lock)
            _subscribers--;
    }

    /// <summary>Closes all connections.</summary>
    public void CloseAll()
    {
        IDisposable[] all;
        lock (_lock)
            all = [.. _connections.Keys];
        foreach (var connection in all)
            connection.Dispose();
    }

    /// <summary>Logs why a connection was closed, unless it is one of many.</summary>
    public void Ended(string client, string reason)
    {
        if (_ended.Take() is > 0 and var count)
            LogEnded(count, client, reason);
    }

    private void Forget(IDisposable connection)
    {
        if (_connections.Remove(connection, out var node) && node is not null)
            _silent.Remove(node);
    }

    [LoggerMessage(LogLevel.Warning, "The embedded broker closed {Count} connections since the last such message, most recently {Client}: {Reason}")]
    private partial void LogEnded(int count, string client, string reason);
}
