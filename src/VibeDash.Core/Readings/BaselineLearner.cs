namespace VibeDash.Core.Readings;

/// <summary>
/// Learns a baseline: the median of the first running readings, robust against a few outliers. The median absolute deviation (MAD) measures their
/// scatter: see Rousseeuw and Croux, "Alternatives to the median absolute deviation", 1993. Not thread-safe.
/// </summary>
public sealed class BaselineLearner
{
    /// <summary>Minimum number of readings.</summary>
    public const int MinimumReadings = 100;

    /// <summary>Minimum duration, in event time.</summary>
    public static readonly TimeSpan MinimumTime = TimeSpan.FromHours(1);

    /// <summary>Minimum interval between readings; others are skipped. Bounds the memory for fast sensors.</summary>
    public static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(500);

    private readonly List<double> _levels = [];
    private DateTimeOffset _first, _last;

    /// <summary>Number of readings so far.</summary>
    public int Count => _levels.Count;

    /// <summary>Adds a reading; call in event-time order, only while the machine runs.</summary>
    /// <returns>True when there are enough readings.</returns>
    public bool Add(DateTimeOffset timestamp, double level)
    {
        if (_levels.Count == 0)
            _first = timestamp;
        else if (timestamp - _last < LeastDistance)
            return false;
        _last = timestamp;
        _levels.Add(level);
        return _levels.Count >= MinimumReadings && timestamp - _first >= MinimumTime;
    }

    /// <summary>Median, and median absolute deviation from it.</summary>
    public (double Median, double Deviation) Result()
    {
        var median = Median(_levels);
        return (median, Median(_levels.Select(level => Math.Abs(level - median))));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
