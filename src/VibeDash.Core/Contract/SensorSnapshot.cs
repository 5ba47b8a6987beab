using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Contract;

/// <summary>A sensor as it stands.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="Facts">Location, model, calibration.</param>
/// <param name="Unit">Unit of its levels.</param>
/// <param name="Sequence">Tick sequence number this snapshot covers; see <see cref="SensorTick.Sequence"/>.</param>
/// <param name="Timestamp">Event time of its latest reading.</param>
/// <param name="Level">Level of that reading.</param>
/// <param name="Baseline">Baseline of that reading.</param>
/// <param name="Sparkline">Its latest levels, oldest first.</param>
/// <param name="OfflineSince">Since when its broker or gateway says that it cannot be reached, or null: see <see cref="SensorStatusChange"/>.</param>
public sealed record SensorSnapshot(
    string SensorId,
    SensorFacts Facts,
    string Unit,
    long Sequence,
    DateTimeOffset Timestamp,
    double Level,
    double Baseline,
    SparkPoint[] Sparkline,
    DateTimeOffset? OfflineSince = null)
{
    /// <summary>Its labels, or null.</summary>
    public string[]? Labels { get; init; }

    /// <summary>Where its baseline comes from, when it is not the one it sends.</summary>
    public Baseline? BaselineInForce { get; init; }

    /// <summary>While that is being learned: from how many readings so far.</summary>
    public int? Learned { get; init; }

    /// <summary>Whether its machine runs, by what is said of it; null when nothing has been said.</summary>
    public MachineState? Machine { get; init; }

    /// <summary>True when the latest reading contradicts itself: <see cref="Reading.IsSuspect"/>.</summary>
    public bool IsSuspect { get; init; }
}
