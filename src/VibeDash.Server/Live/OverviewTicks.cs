using System.Runtime.InteropServices;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// Ticks of all sensors for those who show them at a glance: what it takes to receive them grows with the number of sensors and not with their readings, and
/// is the same at every push. For one caller at a time.
/// </summary>
internal sealed class OverviewTicks
{
    /// <summary>Each sensor has its turn once in so many pushes, which are a quarter of a second apart.</summary>
    public const int Turns = 20;

    private readonly Dictionary<string, SensorTick>[] _waiting = [.. Enumerable.Range(0, Turns).Select(_ => new Dictionary<string, SensorTick>(StringComparer.Ordinal))];
    private readonly List<SensorTick> _taken = [];
    private int _turn;

    /// <summary>True when some wait for their turn.</summary>
    public bool Any => _waiting.Any(turn => turn.Count > 0);

    /// <summary>Adds ticks; those of a sensor are coalesced until its turn.</summary>
    public void Add(ReadOnlySpan<SensorTick> ticks)
    {
        foreach (var tick in ticks)
        {
            var turn = _waiting[(uint)string.GetHashCode(tick.SensorId, StringComparison.Ordinal) % Turns];
            ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(turn, tick.SensorId, out var exists);
            waiting = exists ? tick.After(waiting) : tick;
        }
    }

    /// <summary>Takes those whose turn it is, and goes on to the next turn.</summary>
    /// <returns>Good until the next call.</returns>
    public ReadOnlySpan<SensorTick> TakeNext()
    {
        var turn = _waiting[_turn];
        _turn = (_turn + 1) % Turns;
        _taken.Clear();
        _taken.AddRange(turn.Values);
        turn.Clear();
        return CollectionsMarshal.AsSpan(_taken);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        foreach (var turn in _waiting)
            turn.Clear();
    }
}
