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

    /// <summary>The levels above a run level, which a person or the histogram gives; all others are those of a standstill.</summary>
    public double? RunLevel { get; init; }

    /// <summary>Its baseline, if another sensor's data gives it; null to learn it from its own first readings.</summary>
    public double? Baseline { get; init; }
}
