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

    /// <summary>True while it is being learned.</summary>
    public bool IsLearning => Source == BaselineSource.Learned && Level is null;
}
