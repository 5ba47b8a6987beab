namespace VibeDash.Core.Alerts;

/// <summary>
/// Usual interval between a sensor's readings: the upper quartile of the latest <see cref="Kept"/> intervals. A burst, readings that follow each other
/// much faster than usual, counts by the time it lasts, not by its readings: otherwise the usual intervals after it would appear to be silences. Robust
/// against gaps. Not thread-safe.
/// </summary>
internal sealed class Cadence
{
    /// <summary>Number of intervals kept.</summary>
    public const int Kept = 31;

    /// <summary>Minimum number of intervals for a cadence.</summary>
    public const int Fewest = 3;

    /// <summary>Number of latest readings that fill it again: the intervals kept, and as many of a burst.</summary>
    public const int LookBack = 64;

    // A new sensor has no usual interval yet, so its first intervals count each.
    private const int Known = 8;

    // Shorter than this part of the usual interval is a burst. Others count each: 8 quarters, the default rule, are still twice the usual interval.
    private const float BurstPart = 1 / 4f;

    // A burst counts once for each half of a usual interval that it lasts, and at most every 10 minutes.
    private const float CountedPart = 1 / 2f;
    private const float CountedSeconds = 600;

    private readonly float[] _seconds = new float[Kept];
    private double _burstSeconds;
    private int _count, _next, _burst;

    // The upper quartile when exact, otherwise at least that: sorting for each reading would cost more than the rest of its evaluation.
    private float _usual;
    private bool _isExact;

    /// <summary>Adds an interval between two readings, in ticks.</summary>
    public void Add(long ticks)
    {
        var seconds = (float)(ticks / (double)TimeSpan.TicksPerSecond);
        if (_count < Known || seconds >= BurstPart * _usual || seconds >= BurstPart * Usual())
        {
            Keep(seconds);
            return;
        }

        _burstSeconds += seconds;
        _burst++;
        if (_burstSeconds < Math.Max(CountedPart * _usual, CountedSeconds))
            return;
        Keep((float)(_burstSeconds / _burst));
        (_burstSeconds, _burst) = (0, 0);
    }

    /// <summary>The upper quartile in seconds; null with too few intervals.</summary>
    public double? Seconds() => _count < Fewest ? null : Usual();

    /// <summary>While <see cref="Seconds"/> is null: the longest interval in seconds; 0 without any.</summary>
    public double Longest => _usual;

    private void Keep(float seconds)
    {
        _seconds[_next] = seconds;
        _next = (_next + 1) % Kept;
        _count = Math.Min(_count + 1, Kept);
        (_usual, _isExact) = (Math.Max(_usual, seconds), false);
    }

    private float Usual()
    {
        if (_isExact)
            return _usual;
        Span<float> sorted = stackalloc float[Kept];
        sorted = sorted[.._count];
        _seconds.AsSpan(0, _count).CopyTo(sorted);
        sorted.Sort();
        (_usual, _isExact) = (sorted[_count * 3 / 4], true);
        return _usual;
    }
}
