namespace VibeDash.Core.Tests.Measured;

/// <summary>A sensor of a measured machine, and what is documented about it.</summary>
/// <param name="Set">The data set.</param>
/// <param name="Name">The sensor.</param>
/// <param name="Readings">Times and levels, in order.</param>
/// <param name="Departures">The documented departures from normal, in order; none for a machine on which nothing happened.</param>
internal sealed record MeasuredSensor(
    string Set, string Name, IReadOnlyList<(DateTimeOffset At, double Level)> Readings, params IReadOnlyList<Departure> Departures)
{
    // A longer gap is not time in which the sensor was evaluated.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    /// <summary>Time covered by its readings.</summary>
    public TimeSpan Observed => Readings.Zip(Readings.Skip(1), (one, next) => next.At - one.At).Where(interval => interval <= LongestInterval).Aggregate(TimeSpan.Zero, (sum, interval) => sum + interval);

    /// <summary>Levels above it are those of the running machine; null when no run level is set.</summary>
    public double? RunLevel { get; init; }

    /// <summary>The sensor with the run level that separates the two humps of its logarithmic levels best (Otsu 1979).</summary>
    public MeasuredSensor WithRunLevel()
    {
        double[] levels = [.. Readings.Select(reading => reading.Level).Where(level => level > 0).Order()];
        var (sum, below, best, runLevel) = (levels.Sum(Math.Log), 0.0, 0.0, 0.0);
        for (var i = 0; i < levels.Length - 1; i++)
        {
            below += Math.Log(levels[i]);
            var (lower, upper) = (i + 1, levels.Length - i - 1);
            var distance = (below / lower) - ((sum - below) / upper);
            if (levels[i + 1] > levels[i] && (double)lower * upper * distance * distance is var separation && separation > best)
                (best, runLevel) = (separation, Math.Sqrt(levels[i] * levels[i + 1]));
        }

        return this with { RunLevel = runLevel };
    }
}
