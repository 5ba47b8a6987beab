namespace VibeDash.Core.Readings;

/// <summary>Levels counted on a logarithmic scale, with the time they lasted. Of fixed size; not thread-safe.</summary>
public sealed class LevelHistogram
{
    /// <summary>Bins of a factor of ten: each is 15.5 % wide.</summary>
    public const int BinsPerDecade = 16;

    // From 10⁻¹² up to the maximum level; beyond that, the first and last bin.
    private const int LowestDecade = -12;
    private const int Bins = 24 * BinsPerDecade;

    // A level of zero has no logarithm: it counts as half a decade below the lowest other one.
    private const int BelowLowest = BinsPerDecade / 2;

    private readonly int[] _counts = new int[Bins];
    private readonly double[] _seconds = new double[Bins];
    private int _zeros;
    private double _total;

    /// <summary>Number of levels.</summary>
    public int Count { get; private set; }

    /// <summary>Time that they lasted.</summary>
    public TimeSpan Time => TimeSpan.FromSeconds(_total);

    /// <summary>True when there was a negative level: a signed level of zero is no standstill.</summary>
    public bool HasNegative { get; private set; }

    /// <summary>Lower edge of a bin.</summary>
    public static double Edge(int bin) => Math.Pow(10, ((double)bin / BinsPerDecade) + LowestDecade);

    /// <summary>The bin of a level above zero.</summary>
    public static int BinOf(double level) => Math.Clamp((int)Math.Floor(((Math.Log10(level) - LowestDecade) * BinsPerDecade) + 1e-9), 0, Bins - 1);

    /// <summary>Adds a level.</summary>
    /// <param name="level">The level, finite.</param>
    /// <param name="lasted">How long it lasted.</param>
    public void Add(double level, TimeSpan lasted = default)
    {
        Count++;
        _total += lasted.TotalSeconds;
        HasNegative |= level < 0;
        if (level > 0)
        {
            var bin = BinOf(level);
            _counts[bin]++;
            _seconds[bin] += lasted.TotalSeconds;
        }
        else
        {
            _zeros++;
        }
    }

    /// <summary>Number and duration of the levels from a bin on.</summary>
    public (int Count, TimeSpan Time) From(int bin)
    {
        var (count, seconds) = (0, 0.0);
        for (var i = Math.Max(bin, 0); i < Bins; i++)
            (count, seconds) = (count + _counts[i], seconds + _seconds[i]);
        return (count, TimeSpan.FromSeconds(seconds));
    }

    /// <summary>The counts from the first bin that is not empty to the last one.</summary>
    /// <returns>The first bin and the counts; none when all levels are zero.</returns>
    public (int First, int[] Counts) Occupied()
    {
        var (first, last) = (Array.FindIndex(_counts, count => count > 0), Array.FindLastIndex(_counts, count => count > 0));
        if (first < 0)
            return (0, []);
        var counts = _counts[first..(last + 1)];
        return _zeros == 0 ? (first, counts) : (first - BelowLowest, [_zeros, .. new int[BelowLowest - 1], .. counts]);
    }
}
