namespace VibeDash.Core.Alerts;

/// <summary>
/// Usual interval between a sensor's readings: the upper quartile of the latest <see cref="Kept"/> intervals. Robust against gaps, and against
/// bursts in which a gateway sends the buffered readings of hours within minutes. Not thread-safe.
/// </summary>
internal sealed class Cadence
{
    /// <summary>Number of intervals kept.</summary>
    public const int Kept = 31;

    /// <summary>Minimum number of intervals for a cadence.</summary>
    public const int Fewest = 3;

    private readonly float[] _seconds = new float[Kept];
    private int _count, _next;

    /// <summary>Adds an interval between two readings, in ticks.</summary>
    public void Add(long ticks)
    {
        _seconds[_next] = (float)(ticks / (double)TimeSpan.TicksPerSecond);
        _next = (_next + 1) % Kept;
        _count = Math.Min(_count + 1, Kept);
    }

    /// <summary>The upper quartile in seconds; null with too few intervals.</summary>
    public double? Seconds()
    {
        if (_count < Fewest)
            return null;
        Span<float> sorted = stackalloc float[Kept];
        sorted = sorted[.._count];
        _seconds.AsSpan(0, _count).CopyTo(sorted);
        sorted.Sort();
        return sorted[_count * 3 / 4];
    }
}
