using VibeDash.Core.Readings;

namespace VibeDash.Core.Trends;

/// <summary>
/// The latest levels of one sensor, small enough for all sensors: at most <see cref="Capacity"/> points at least
/// <see cref="MinimumSpacing"/> apart, each the level of its readings that is farthest from 0, so that short peaks stay visible. Not thread-safe.
/// </summary>
public sealed class Sparkline
{
    /// <summary>Maximum number of points.</summary>
    public const int Capacity = 40;

    /// <summary>Minimum distance between two points.</summary>
    public static readonly TimeSpan MinimumSpacing = TimeSpan.FromSeconds(1);

    /// <summary>Minimum silence of a stale sensor, for any cadence.</summary>
    public static readonly TimeSpan LeastStaleAfter = TimeSpan.FromSeconds(30);

    private readonly List<SparkPoint> _points = new(Capacity);

    /// <summary>An empty sparkline.</summary>
    public Sparkline()
    {
    }

    /// <summary>A sparkline with <paramref name="points"/>, oldest first; keeps the latest if there are too many.</summary>
    public Sparkline(IEnumerable<SparkPoint> points) => _points.AddRange(points.TakeLast(Capacity));

    /// <summary>The points, oldest first.</summary>
    public IReadOnlyList<SparkPoint> Points => _points;

    /// <summary>The level that is farther from 0; of two that are equally far, the positive one.</summary>
    public static double Farther(double one, double other) => -Math.Min(one, other) > Math.Max(one, other) ? Math.Min(one, other) : Math.Max(one, other);

    /// <summary>Adds a level, in event-time order. Points later than it go: the sensor's clock went back.</summary>
    /// <param name="timestamp">Event time.</param>
    /// <param name="level">Level, or the one farthest from 0 of the readings since the last call.</param>
    public void Add(DateTimeOffset timestamp, double level)
    {
        var time = timestamp.ToUnixTimeMilliseconds();
        while (_points.Count > 0 && _points[^1].Time > time)
            _points.RemoveAt(_points.Count - 1);
        if (_points.Count > 0 && time - _points[^1].Time < MinimumSpacing.TotalMilliseconds)
        {
            _points[^1] = _points[^1] with { Level = Farther(_points[^1].Level, level) };
            return;
        }

        if (_points.Count == Capacity)
            _points.RemoveAt(0);
        _points.Add(new(time, level));
    }

    /// <summary>Converts the points when the sensor's unit changes; without a conversion they go.</summary>
    public void ChangeUnit(string from, string to)
    {
        for (var i = 0; i < _points.Count; i++)
        {
            if (!VibrationUnit.TryConvert(_points[i].Level, from, to, out var level))
            {
                _points.Clear();
                return;
            }

            _points[i] = _points[i] with { Level = level };
        }
    }

    /// <summary>
    /// Current direction of the level: compares the mean of the latest five points with that of the five points ten points earlier, or of as many as
    /// there are. A change counts above 5 % of the baseline, or of the earlier mean when the baseline is 0.
    /// </summary>
    /// <param name="baseline">The sensor's baseline, in the unit of the levels.</param>
    public TrendDirection Direction(double baseline)
    {
        var some = Math.Min(5, _points.Count / 3);
        if (some == 0)
            return TrendDirection.Steady;

        double earlier = 0, later = 0;
        for (var i = 0; i < some; i++)
        {
            earlier += _points[_points.Count - (3 * some) + i].Level / some;
            later += _points[_points.Count - some + i].Level / some;
        }

        var least = 0.05 * (baseline > 0 ? baseline : Math.Abs(earlier));
        return Math.Abs(later - earlier) <= least ? TrendDirection.Steady
            : later > earlier ? TrendDirection.Rising
            : TrendDirection.Falling;
    }

    /// <summary>
    /// Silence after which the sensor is stale: four times the median distance of its points, at least 30 s and at most a day; 60 s with too few
    /// points for a cadence.
    /// </summary>
    public TimeSpan StaleAfter()
    {
        if (_points.Count < 3)
            return TimeSpan.FromSeconds(60);

        Span<long> distances = stackalloc long[Capacity];
        distances = distances[..(_points.Count - 1)];
        for (var i = 0; i < distances.Length; i++)
            distances[i] = _points[i + 1].Time - _points[i].Time;
        distances.Sort();
        return TimeSpan.FromMilliseconds(Math.Clamp(4 * distances[distances.Length / 2], LeastStaleAfter.TotalMilliseconds, 86_400_000));
    }
}
