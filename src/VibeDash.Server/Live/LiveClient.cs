using Microsoft.AspNetCore.SignalR;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// A connection to the hub. What is sent to it is never waited for. While it does not take its ticks they are coalesced, one tick a sensor; of
/// everything else <see cref="MaximumWaiting"/> messages wait, and a client that lets more gather, or takes nothing for <see cref="Patience"/>, is
/// disconnected: it comes back and fetches. Sending is for one caller at a time.
/// </summary>
internal sealed class LiveClient
{
    /// <summary>Most sensors one client watches by their ids.</summary>
    public const int MaximumSensors = 500;

    /// <summary>Most messages that must not get lost which wait for a client to take them.</summary>
    public const int MaximumWaiting = 64;

    /// <summary>How long a client may take nothing of what waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HubConnectionContext _connection;
    private readonly TimeProvider _time;
    private readonly LateTicks _ticks, _overview;
    private int _waiting;
    private long _progress;

    /// <summary>A client of a connection.</summary>
    public LiveClient(HubConnectionContext connection, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        _ticks = new(nameof(ILiveClient.Ticks), WriteAllAsync);
        _overview = new(nameof(ILiveClient.Overview), WriteAllAsync);
    }

    /// <summary>Identifies the connection.</summary>
    public string ConnectionId => _connection.ConnectionId;

    /// <summary>True when it gets the ticks of all sensors.</summary>
    public bool WatchesFleet { get; set; }

    /// <summary>True when it gets the overview of all sensors.</summary>
    public bool WatchesOverview { get; set; }

    /// <summary>The sensors whose ticks it gets.</summary>
    public HashSet<string> Sensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Those among them whose ticks are yet to begin.</summary>
    public HashSet<string> Fresh { get; } = new(StringComparer.Ordinal);

    /// <summary>The ticks gathered for it while a push is put together.</summary>
    public List<SensorTick> Gathered { get; } = [];

    /// <summary>Sends a message that must not get lost, or disconnects.</summary>
    public void Send(SerializedHubMessage message)
    {
        if (Volatile.Read(ref _waiting) >= MaximumWaiting)
            _connection.Abort();
        else
            _ = WriteAsync(message);
    }

    /// <summary>Sends ticks, unless some are still on their way: then they are kept, and go out coalesced with the next ones.</summary>
    /// <inheritdoc cref="LateTicks.Send"/>
    public void SendTicks(ReadOnlySpan<SensorTick> ticks, ref List<TickFrame>? messages) => _ticks.Send(ticks, ref messages);

    /// <summary>Sends a part of the overview, as <see cref="SendTicks"/> sends ticks.</summary>
    public void SendOverview(ReadOnlySpan<SensorTick> ticks, ref List<TickFrame>? messages) => _overview.Send(ticks, ref messages);

    /// <summary>Sends the ticks it has missed, once it has taken those before them.</summary>
    public void SendLateTicks()
    {
        _ticks.SendLate();
        _overview.SendLate();
    }

    /// <summary>Disconnects it when it has taken nothing for <see cref="Patience"/> although something waits.</summary>
    public void EndIfStuck()
    {
        if (Volatile.Read(ref _waiting) > 0 && _time.GetElapsedTime(Volatile.Read(ref _progress)) > Patience)
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

    // A connection that ends while it is written to ends the writing without an exception.
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
