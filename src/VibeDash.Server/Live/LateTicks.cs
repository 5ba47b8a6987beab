using System.Runtime.InteropServices;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>Ticks on their way to one client. While it does not take them those that follow are coalesced, one tick a sensor. For one caller at a time.</summary>
/// <param name="method">The client's method that takes them.</param>
/// <param name="write">Writes messages to the client; ends when it has taken them. Holds them for as long as it needs them.</param>
internal sealed class LateTicks(string method, Func<List<TickFrame>, Task> write)
{
    private readonly Dictionary<string, SensorTick> _late = new(StringComparer.Ordinal);
    private Task _underWay = Task.CompletedTask;

    /// <summary>Sends ticks, or keeps them while others are under way.</summary>
    /// <param name="ticks">The ticks.</param>
    /// <param name="messages">The same as messages, made for a client before this one; null when this is the first. Who made them is to let go of them.</param>
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

    /// <summary>Sends what was kept, once nothing is under way.</summary>
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
