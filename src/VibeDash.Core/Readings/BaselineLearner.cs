namespace VibeDash.Core.Readings;

/// <summary>
/// Learns a baseline: the median of the first running readings, robust against a few outliers. The median absolute deviation (MAD) measures their
/// scatter: see Rousseeuw and Croux, "Alternatives to the median absolute deviation", 1993. When the levels show two humps, only those of the upper one
/// count as running: <see cref="LevelHumps"/>. Of fixed size; not thread-safe.
/// </summary>
/// <param name="demand">What it needs, at least.</param>
/// <param name="findsStandstill">False when something else tells whether the machine runs.</param>
public sealed class BaselineLearner(LearningDemand demand, bool findsStandstill = true)
{
    /// <summary>Minimum interval between readings; others are skipped.</summary>
    public static readonly TimeSpan LeastDistance = TimeSpan.FromMilliseconds(500);

    /// <summary>The most that one interval between readings counts as running time: after a silence, nobody knows.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    // When so many levels are kept, every second one is dropped, and only every second one is kept from then on.
    private const int MostKept = 4096;

    private readonly LevelHistogram _histogram = new();
    private readonly List<double> _kept = [];
    private DateTimeOffset? _last;
    private int _stride = 1;
    private int _notRunning;

    /// <summary>Number of readings seen, whether the machine ran or not.</summary>
    public int Seen => _histogram.Count + _notRunning;

    /// <summary>How far it is.</summary>
    public LearningProgress Progress
    {
        get
        {
            var humps = Humps;
            var (readings, time) = Running(humps);
            return new(readings, time.TotalHours, _notRunning + _histogram.Count - readings, humps?.RunLevel);
        }
    }

    private LevelHumps? Humps => findsStandstill ? LevelHumps.Of(_histogram) : null;

    /// <summary>Adds a reading; call in event-time order, only while the machine is known to run or nothing is known.</summary>
    /// <param name="timestamp">Event time.</param>
    /// <param name="level">The level, above zero.</param>
    /// <returns>True when there are enough readings.</returns>
    public bool Add(DateTimeOffset timestamp, double level)
    {
        var interval = timestamp - _last ?? TimeSpan.Zero;
        if (_last is not null && interval < LeastDistance)
            return false;
        _last = timestamp;
        if (_histogram.Count % _stride == 0)
            Keep(level);
        _histogram.Add(level, interval < LongestInterval ? interval : LongestInterval);
        if (!demand.IsMetBy(_histogram.Count, _histogram.Time))
            return false;
        var (readings, time) = Running(Humps);
        return demand.IsMetBy(readings, time);
    }

    /// <summary>Counts a reading at standstill, or of level zero: it is not learned from.</summary>
    public void Skip(DateTimeOffset timestamp) => (_last, _notRunning) = (timestamp, _notRunning + 1);

    /// <summary>The median, the median absolute deviation from it, the number of readings, and the level up to which they counted as standstill, or null.</summary>
    public (double Median, double Deviation, int Readings, double? RunLevel) Result()
    {
        var humps = Humps;
        var running = humps is null ? _kept : [.. _kept.Where(level => LevelHistogram.BinOf(level) >= humps.Bin)];
        var median = Median(running);
        return (median, Median(running.Select(level => Math.Abs(level - median))), Running(humps).Count, humps?.RunLevel);
    }

    /// <summary>The median of some levels; at least one.</summary>
    public static double Median(IEnumerable<double> levels)
    {
        double[] sorted = [.. levels.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : sorted[middle - 1] + ((sorted[middle] - sorted[middle - 1]) / 2);
    }

    private (int Count, TimeSpan Time) Running(LevelHumps? humps) => humps is null ? (_histogram.Count, _histogram.Time) : _histogram.From(humps.Bin);

    private void Keep(double level)
    {
        _kept.Add(level);
        if (_kept.Count < MostKept)
            return;
        for (var i = 1; i < MostKept / 2; i++)
            _kept[i] = _kept[2 * i];
        _kept.RemoveRange(MostKept / 2, MostKept / 2);
        _stride *= 2;
    }
}
