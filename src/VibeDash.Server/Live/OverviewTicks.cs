using System.Runtime.InteropServices;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// Ticks of all sensors for overview pages: their load depends on the number of sensors, not on their readings, and is equal for every push. Not
/// thread-safe.
/// </summary>
internal sealed class OverviewTicks
{
    /// <summary>Number of pushes, a quarter of a second apart, in which each sensor has one turn.</summary>
    public const int Turns = 20;

    private readonly Dictionary<string, SensorTick>[] _waiting = [.. Enumerable.Range(0, Turns).Select(_ => new Dictionary<string, SensorTick>(StringComparer.Ordinal))];
    private readonly List<SensorTick> _taken = [];
    private int _turn;

    /// <summary>True when ticks are pending.</summary>
    public bool Any => _waiting.Any(turn => turn.Count > 0);

    /// <summary>Adds ticks; ticks of one sensor are coalesced until its turn.</summary>
    public void Add(ReadOnlySpan<SensorTick> ticks)
    {
        foreach (var tick in ticks)
        {
            var turn = _waiting[(uint)string.GetHashCode(tick.SensorId, StringComparison.Ordinal) % Turns];
            ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(turn, tick.SensorId, out var exists);
            waiting = exists ? tick.After(waiting) : tick;
        }
    }

    /// <summary>Takes the ticks of the current turn and moves to the next.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<SensorTick> TakeNext()
    {
        var turn = _waiting[_turn];
        _turn = (_turn + 1) % Turns;
        _taken.Clear();
        _taken.AddRange(turn.Values);
        turn.Clear();
        return CollectionsMarshal.AsSpan(_taken);
    }

    /// <summary>Discards all ticks.</summary>
    public void Clear()
    {
        foreach (var turn in _waiting)
            turn.Clear();
    }
}
