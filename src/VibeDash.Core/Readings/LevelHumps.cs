namespace VibeDash.Core.Readings;

/// <summary>The two humps of a histogram of levels: standstill and running, and the valley between them. Immutable.</summary>
/// <remarks>
/// The histogram is of the logarithms of the levels. It is split by N. Otsu, "A threshold selection method from gray-level histograms", IEEE Trans.
/// SMC 9(1), 1979: the split with the largest variance between the two classes; its share of the whole variance is the separability η. Any histogram
/// has such a split, also one of a single hump (η of a normal distribution: 0.64). So the humps count only with an η of 0.7 or more, with peaks that
/// differ by a factor of 2.4 or more, with 2 % of the levels or more in each, and when the valley between the peaks is clear: at its lowest, less than
/// half as full as the lower peak.
/// </remarks>
/// <param name="Bin">First bin of the running machine.</param>
/// <param name="Standing">Most frequent level of the lower hump.</param>
/// <param name="Running">Most frequent level of the upper hump.</param>
/// <param name="StoodShare">Share of the levels below the valley, 0 to 1.</param>
public sealed record LevelHumps(int Bin, double Standing, double Running, double StoodShare)
{
    /// <summary>Minimum number of levels.</summary>
    public const int MinimumLevels = 100;

    private const double LeastSeparability = 0.7;
    private const double LeastShare = 0.02;
    private const double FullestValley = 0.5;
    private const int LeastDistance = 6;

    /// <summary>The level above which the machine runs: the lower edge of <see cref="Bin"/>.</summary>
    public double RunLevel => LevelHistogram.Edge(Bin);

    /// <summary>The humps of a histogram; null when it has not two of them.</summary>
    public static LevelHumps? Of(LevelHistogram histogram)
    {
        if (histogram.Count < MinimumLevels || histogram.HasNegative)
            return null;
        var (first, counts) = histogram.Occupied();
        if (counts.Length <= LeastDistance || Split(counts) is not { } split || split.Separability < LeastSeparability)
            return null;

        // A window as wide as a quarter of the distance covers the gaps that a sensor with few digits leaves between its levels.
        var width = Math.Max(2, (int)Math.Round(split.Distance / 4));
        var lower = Extreme(0, split.Bin + 1 - width, window => Sum(counts, window, width));
        var upper = Extreme(split.Bin + 1, counts.Length - width, window => Sum(counts, window, width));
        var middle = (lower + upper) / 2.0;
        var valley = Extreme(lower, upper, window => -Sum(counts, window, width) - (Math.Abs(window - middle) / counts.Length));
        var start = valley + ((width + 1) / 2);
        var stood = (double)Sum(counts, 0, start) / histogram.Count;
        return upper - lower >= LeastDistance
            && Sum(counts, valley, width) < FullestValley * Math.Min(Sum(counts, lower, width), Sum(counts, upper, width))
            && stood is >= LeastShare and <= 1 - LeastShare
            ? new(first + start, Peak(first + lower, width), Peak(first + upper, width), stood)
            : null;
    }

    private static double Peak(int window, int width) => LevelHistogram.Edge(window) * Math.Sqrt(LevelHistogram.Edge(window + width) / LevelHistogram.Edge(window));

    // The last bin of the lower class.
    private static (int Bin, double Separability, double Distance)? Split(int[] counts)
    {
        double count = counts.Sum(), sum = 0, squares = 0;
        for (var i = 0; i < counts.Length; i++)
            (sum, squares) = (sum + ((double)i * counts[i]), squares + ((double)i * i * counts[i]));
        var variance = (squares / count) - (sum / count * (sum / count));
        (int Bin, double Separability, double Distance)? best = null;
        var (below, sumBelow) = (0.0, 0.0);
        for (var i = 0; i < counts.Length - 1; i++)
        {
            (below, sumBelow) = (below + counts[i], sumBelow + ((double)i * counts[i]));
            if (below == 0 || below == count)
                continue;
            var distance = ((sum - sumBelow) / (count - below)) - (sumBelow / below);
            var separability = below * (count - below) * distance * distance / (count * count * variance);
            if (best is null || separability > best.Value.Separability)
                best = (i, separability, distance);
        }

        return best;
    }

    // The window with the largest value, from one to another, at least the first.
    private static int Extreme(int from, int to, Func<int, double> value)
    {
        var best = from;
        for (var window = from + 1; window <= to; window++)
        {
            if (value(window) > value(best))
                best = window;
        }

        return best;
    }

    private static int Sum(int[] counts, int from, int width)
    {
        var sum = 0;
        for (var i = from; i < Math.Min(from + width, counts.Length); i++)
            sum += counts[i];
        return sum;
    }
}
