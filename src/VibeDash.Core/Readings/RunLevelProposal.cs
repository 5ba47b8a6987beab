namespace VibeDash.Core.Readings;

/// <summary>A run level found in the stored levels of a sensor, with the histogram it was found in; or why none was found. Immutable.</summary>
/// <param name="Unit">Unit of the levels.</param>
/// <param name="Readings">Number of levels.</param>
/// <param name="Bins">The histogram, on a logarithmic scale; levels of zero are in its first bin.</param>
/// <param name="RunLevel">The level above which the machine runs; null when none is proposed.</param>
/// <param name="Obstacle">Why none is proposed; null when one is.</param>
public sealed record RunLevelProposal(string Unit, int Readings, IReadOnlyList<LevelBin> Bins, double? RunLevel, RunLevelObstacle? Obstacle)
{
    /// <summary>Minimum number of starts, and of stops: a machine that stands still starts again, damage that grows does not go back.</summary>
    public const int LeastStarts = 3;

    /// <summary>Event time of the first reading; null when there is none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Event time of the last reading; null when there is none.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Most frequent level at standstill; null without two humps.</summary>
    public double? Standing { get; init; }

    /// <summary>Most frequent level of the running machine; null without two humps.</summary>
    public double? Running { get; init; }

    /// <summary>Share of the readings at standstill, 0 to 1; null without two humps.</summary>
    public double? StoodShare { get; init; }

    /// <summary>How often the machine started.</summary>
    public int Starts { get; init; }

    /// <summary>Finds the run level.</summary>
    /// <param name="unit">Unit of the levels.</param>
    /// <param name="levels">The levels, in event-time order.</param>
    public static RunLevelProposal Of(string unit, IReadOnlyList<double> levels)
    {
        var histogram = new LevelHistogram();
        foreach (var level in levels)
            histogram.Add(level);
        var (first, counts) = histogram.Occupied();
        var none = new RunLevelProposal(unit, levels.Count, [.. counts.Select((count, i) => new LevelBin(LevelHistogram.Edge(first + i), LevelHistogram.Edge(first + i + 1), count))], null, null);
        if (levels.Count < LevelHumps.MinimumLevels)
            return none with { Obstacle = RunLevelObstacle.TooFewReadings };
        if (LevelHumps.Of(histogram) is not { } humps)
            return none with { Obstacle = RunLevelObstacle.OneHump };

        var (starts, stops) = Changes(levels, humps);
        var found = none with { Standing = Rounded(humps.Standing), Running = Rounded(humps.Running), StoodShare = humps.StoodShare, Starts = starts };
        return starts < LeastStarts || stops < LeastStarts ? found with { Obstacle = RunLevelObstacle.TooFewStarts } : found with { RunLevel = Rounded(humps.RunLevel) };
    }

    // From peak to peak: noise in the valley is no start.
    private static (int Starts, int Stops) Changes(IReadOnlyList<double> levels, LevelHumps humps)
    {
        bool? runs = null;
        var (starts, stops) = (0, 0);
        foreach (var level in levels)
        {
            if (level >= humps.Running && runs != true)
            {
                starts += runs is null ? 0 : 1;
                runs = true;
            }
            else if (level <= humps.Standing && runs != false)
            {
                stops += runs is null ? 0 : 1;
                runs = false;
            }
        }

        return (starts, stops);
    }

    // Three digits: the bin is wider than the rest.
    private static double Rounded(double level)
    {
        var digits = 2 - (int)Math.Floor(Math.Log10(level));
        return digits is >= 0 and <= 15 ? Math.Round(level, digits) : level;
    }
}
