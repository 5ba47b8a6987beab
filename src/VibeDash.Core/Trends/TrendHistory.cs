using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;

namespace VibeDash.Core.Trends;

/// <summary>Readings of one sensor in a range, condensed to buckets.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="From">Start of the requested range; the first bucket may begin before it.</param>
/// <param name="To">End of the requested range, or of the newest readings included; the last bucket may end after it.</param>
/// <param name="BucketMilliseconds">Width of a bucket; wider than requested where single readings are no longer kept.</param>
/// <param name="Sequence">Tick sequence number of the sensor covered by this answer; see <see cref="SensorTick.Sequence"/>. 0 for a range with an end.</param>
/// <param name="Buckets">Non-empty buckets, oldest first; a missing one is a gap.</param>
/// <param name="Alerts">Alerts of the sensor that were open during the range, oldest first; at most 100.</param>
public sealed record TrendHistory(
    string SensorId, DateTimeOffset From, DateTimeOffset To, long BucketMilliseconds, long Sequence, TrendBucket[] Buckets, Alert[] Alerts)
{
    /// <summary>Maximum sensors per request.</summary>
    public const int MaximumSensors = 8;

    /// <summary>
    /// Unit of all levels: that of the sensor's latest reading. For a range that ends in a time when the sensor sent a unit that cannot be converted to it,
    /// that unit.
    /// </summary>
    public string Unit { get; init; } = "";

    /// <summary>Stretches of the range in units that cannot be converted to <see cref="Unit"/>, oldest first. Their readings are in no bucket.</summary>
    public UnitCut[] Cuts { get; init; } = [];

    /// <summary>
    /// Baseline and thresholds over the range, oldest first, as they were in force then. The first one may begin before it, the last one may end after it.
    /// </summary>
    public TrendLimits[] Limits { get; init; } = [];

    /// <summary>Maximum <see cref="Spans"/> of a sensor.</summary>
    public const int MaximumSpans = 500;

    /// <summary>
    /// The times in which the conditions of <see cref="Alerts"/> held, as far as they overlap the range, oldest first; at most
    /// <see cref="MaximumSpans"/>, the newest. One without an end held at the end of the range.
    /// </summary>
    public AlertSpan[] Spans { get; init; } = [];

    /// <summary>Notes of the sensor that overlap the range, oldest first; at most 100.</summary>
    public Note[] Notes { get; init; } = [];

    /// <summary>Times in which readings were not good, oldest first: they are not in the buckets. A last one may end after the range.</summary>
    public QualitySpan[] NotGood { get; init; } = [];
}
