using Microsoft.AspNetCore.SignalR;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// A connection to the hub. Sending never waits. While the client does not accept ticks, they are coalesced, one per sensor. Of all other messages
/// at most <see cref="MaximumWaiting"/> are queued; a client that exceeds this, or accepts nothing for <see cref="Timeout"/>, is disconnected: it
/// reconnects and fetches. Sending is not thread-safe.
/// </summary>
internal sealed class LiveClient
{
    /// <summary>Maximum number of sensors watched by id.</summary>
    public const int MaximumSensors = 500;

    /// <summary>Maximum queued messages that must not be lost.</summary>
    public const int MaximumWaiting = 64;

    /// <summary>Time limit for a client that accepts nothing although messages are queued.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HubConnectionContext _connection;
    private readonly TimeProvider _time;
    private readonly LateTicks _ticks, _overview;
    private int _waiting;
    private long _progress;

    /// <summary>Creates a client for a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="view">Selects what it gets of each message; null for everything.</param>
    /// <param name="time">The clock.</param>
    public LiveClient(HubConnectionContext connection, PlaceView? view, TimeProvider time)
    {
        (_connection, View, _time) = (connection, view, time);
        _ticks = new(nameof(ILiveClient.Ticks), WriteAllAsync);
        _overview = new(nameof(ILiveClient.Overview), WriteAllAsync);
    }

    /// <summary>Identifies the connection.</summary>
    public string ConnectionId => _connection.ConnectionId;

    /// <summary>What it gets of each message; null for everything.</summary>
    public PlaceView? View { get; }

    /// <summary>True while it receives the ticks of all sensors.</summary>
    public bool WatchesFleet { get; set; }

    /// <summary>True while it receives the overview of all sensors.</summary>
    public bool WatchesOverview { get; set; }

    /// <summary>Sensors whose ticks it receives.</summary>
    public HashSet<string> Sensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Sensors watched but not yet started.</summary>
    public HashSet<string> Fresh { get; } = new(StringComparer.Ordinal);

    /// <summary>Ticks collected for it while a push is assembled.</summary>
    public List<SensorTick> Gathered { get; } = [];

    /// <summary>Sends a message that must not be lost, or disconnects.</summary>
    public void Send(SerializedHubMessage message)
    {
        if (Volatile.Read(ref _waiting) >= MaximumWaiting)
            _connection.Abort();
        else
            _ = WriteAsync(message);
    }

    /// <summary>Sends ticks; while earlier ones are in progress, they are kept and coalesced with later ones.</summary>
    /// <inheritdoc cref="LateTicks.Send"/>
    public void SendTicks(ReadOnlySpan<SensorTick> ticks, ref List<TickFrame>? messages) => _ticks.Send(ticks, ref messages);

    /// <summary>Sends a part of the overview, like <see cref="SendTicks"/>.</summary>
    public void SendOverview(ReadOnlySpan<SensorTick> ticks, ref List<TickFrame>? messages) => _overview.Send(ticks, ref messages);

    /// <summary>Sends the kept ticks once the client has accepted the previous ones.</summary>
    public void SendLateTicks()
    {
        _ticks.SendLate();
        _overview.SendLate();
    }

    /// <summary>Disconnects a client that has accepted nothing for <see cref="Timeout"/> although messages are queued.</summary>
    public void EndIfStuck()
    {
        if (Volatile.Read(ref _waiting) > 0 && _time.GetElapsedTime(Volatile.Read(ref _progress)) > Timeout)
            _connection.Abort();
    }

    private async Task WriteAllAsync(List<TickFrame> messages)
    {
        foreach (var message in messages)
            message.Hold();
        foreach (var message in messages)
        {
            await WriteAsync(message.Serialized);
            message.Release();
        }
    }

    // A connection that closes during a write ends the write without an exception.
    private async Task WriteAsync(SerializedHubMessage message)
    {
        var writing = _connection.WriteAsync(message);
        if (writing.IsCompletedSuccessfully)
            return;

        if (Interlocked.Increment(ref _waiting) == 1)
            Volatile.Write(ref _progress, _time.GetTimestamp());
        try
        {
            await writing;
        }
        finally
        {
            Volatile.Write(ref _progress, _time.GetTimestamp());
            Interlocked.Decrement(ref _waiting);
        }
    }
}
