using System.Runtime.InteropServices;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>Sends ticks to one client. While the client does not accept them, later ticks are coalesced, one per sensor. Not thread-safe.</summary>
/// <param name="method">The client method that receives them.</param>
/// <param name="write">Writes messages to the client; completes when the client has accepted them. Holds the messages as long as needed.</param>
internal sealed class LateTicks(string method, Func<List<TickFrame>, Task> write)
{
    private readonly Dictionary<string, SensorTick> _late = new(StringComparer.Ordinal);
    private Task _underWay = Task.CompletedTask;

    /// <summary>Sends ticks, or keeps them while a write is in progress.</summary>
    /// <param name="ticks">The ticks.</param>
    /// <param name="messages">The ticks as messages, if an earlier client has created them, otherwise null. The creator releases them.</param>
    public void Send(ReadOnlySpan<SensorTick> ticks, ref List<TickFrame>? messages)
    {
        if (_underWay.IsCompleted && _late.Count == 0)
        {
            _underWay = write(messages ??= TickFrame.Of(method, ticks));
            return;
        }

        foreach (var tick in ticks)
        {
            ref var late = ref CollectionsMarshal.GetValueRefOrAddDefault(_late, tick.SensorId, out var exists);
            late = exists ? tick.After(late) : tick;
        }

        SendLate();
    }

    /// <summary>Sends the kept ticks if no write is in progress.</summary>
    public void SendLate()
    {
        if (_late.Count == 0 || !_underWay.IsCompleted)
            return;
        SensorTick[] late = [.. _late.Values];
        _late.Clear();
        var messages = TickFrame.Of(method, late);
        _underWay = write(messages);
        messages.ForEach(message => message.Release());
    }
}
