namespace VibeDash.Core.Readings;

/// <summary>The baseline in force for a sensor, if different from the one it sends. Immutable.</summary>
/// <param name="Source">Its source.</param>
/// <param name="Level">The baseline in <paramref name="Unit"/>; null while it is being learned.</param>
/// <param name="Unit">Unit of the level.</param>
/// <param name="At">Start of its validity or, while it is being learned, event time from which readings count.</param>
/// <param name="By">The user who set it or started learning; null for none.</param>
public sealed record Baseline(BaselineSource Source, double? Level, string Unit, DateTimeOffset At, string? By)
{
    /// <summary>Median absolute deviation of the readings it was learned from, in <see cref="Unit"/>; null unless learned.</summary>
    public double? Deviation { get; init; }

    /// <summary>Number of readings it was learned from; null unless learned.</summary>
    public int? Readings { get; init; }

    /// <summary>Level in <see cref="Unit"/> up to which readings count as standstill and are not learned from; null when none is known.</summary>
    public double? RunLevel { get; init; }

    /// <summary>What it is learned from, at least; null unless it is being learned.</summary>
    public LearningDemand? Demand { get; init; }

    /// <summary>True while it is being learned.</summary>
    public bool IsLearning => Source == BaselineSource.Learned && Level is null;
}
