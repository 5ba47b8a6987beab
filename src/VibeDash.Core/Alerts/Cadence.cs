namespace VibeDash.Core.Alerts;

/// <summary>
/// How often a sensor sends: the upper quartile of the distances of its latest <see cref="Kept"/> + 1 readings. A gap does not move it, nor does a
/// burst, in which a gateway sends in minutes what it has kept for hours. Not thread-safe.
/// </summary>
internal sealed class Cadence
{
    /// <summary>Distances kept.</summary>
    public const int Kept = 31;

    /// <summary>Fewest distances that tell a cadence.</summary>
    public const int Fewest = 3;

    private readonly float[] _seconds = new float[Kept];
    private int _count, _next;

    /// <summary>Adds the distance of two readings.</summary>
    public void Add(long ticks)
    {
        _seconds[_next] = (float)(ticks / (double)TimeSpan.TicksPerSecond);
        _next = (_next + 1) % Kept;
        _count = Math.Min(_count + 1, Kept);
    }

    /// <summary>The upper quartile in seconds, or null while too few are known.</summary>
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
