using Microsoft.AspNetCore.SignalR;
using VibeDash.Core.Live;

namespace VibeDash.Server.Live;

/// <summary>Ticks on their way to one client. While it does not take them those that follow are coalesced, one tick a sensor. For one caller at a time.</summary>
/// <param name="method">The client's method that takes them.</param>
internal sealed class LateTicks(string method)
{
    private readonly Dictionary<string, SensorTick> _late = new(StringComparer.Ordinal);
    private Task _underWay = Task.CompletedTask;

    /// <summary>Sends ticks, or keeps them while others are under way.</summary>
    /// <param name="ticks">In one portion or several.</param>
    /// <param name="messages">The same as messages.</param>
    /// <param name="write">Writes them to the client; ends when it has taken them.</param>
    public void Send(IReadOnlyList<SensorTick[]> ticks, Func<IReadOnlyList<SerializedHubMessage>> messages, Func<IReadOnlyList<SerializedHubMessage>, Task> write)
    {
        if (_underWay.IsCompleted && _late.Count == 0)
        {
            _underWay = write(messages());
            return;
        }

        foreach (var tick in ticks.SelectMany(portion => portion))
            _late[tick.SensorId] = _late.TryGetValue(tick.SensorId, out var earlier) ? tick.After(earlier) : tick;
        SendLate(write);
    }

    /// <summary>Sends what was kept, once nothing is under way.</summary>
    public void SendLate(Func<IReadOnlyList<SerializedHubMessage>, Task> write)
    {
        if (_late.Count == 0 || !_underWay.IsCompleted)
            return;
        SensorTick[] late = [.. _late.Values];
        _late.Clear();
        _underWay = write([.. late.Chunk(LivePusher.SensorsPerMessage).Select(ticks => LiveClients.Message(method, ticks))]);
    }
}
