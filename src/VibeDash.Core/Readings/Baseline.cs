namespace VibeDash.Core.Readings;

/// <summary>The baseline a sensor is evaluated by, when it is not the one it sends. Immutable.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Level">The baseline in <paramref name="Unit"/>; null while it is being learned.</param>
/// <param name="Unit">Unit of the level.</param>
/// <param name="At">Since when it is in force or, while it is being learned, event time from which on readings count.</param>
/// <param name="By">Who set it, or asked for it to be learned; null when nobody did.</param>
public sealed record Baseline(BaselineSource Source, double? Level, string Unit, DateTimeOffset At, string? By)
{
    /// <summary>Median absolute deviation of the readings it was learned from, in <see cref="Unit"/>; null when it was not learned.</summary>
    public double? Deviation { get; init; }

    /// <summary>True while it is being learned.</summary>
    public bool IsLearning => Source == BaselineSource.Learned && Level is null;
}
