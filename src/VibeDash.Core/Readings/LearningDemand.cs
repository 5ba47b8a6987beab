namespace VibeDash.Core.Readings;

/// <summary>What a baseline is learned from, at least: both must be reached. Immutable.</summary>
/// <param name="Readings">Number of readings of the running machine, <see cref="LeastReadings"/> to <see cref="MostReadings"/>.</param>
/// <param name="Hours">Running time in hours, 0 to <see cref="MostHours"/>.</param>
public sealed record LearningDemand(int Readings, double Hours)
{
    /// <summary>Minimum of <see cref="Readings"/>.</summary>
    public const int LeastReadings = 10;

    /// <summary>Maximum of <see cref="Readings"/>.</summary>
    public const int MostReadings = 10_000;

    /// <summary>Maximum of <see cref="Hours"/>.</summary>
    public const double MostHours = 720;

    /// <summary>100 readings and 24 hours.</summary>
    public static LearningDemand Usual { get; } = new(100, 24);

    /// <summary>True when both are reached.</summary>
    public bool IsMetBy(int readings, TimeSpan time) => readings >= Readings && time.TotalHours >= Hours;
}
