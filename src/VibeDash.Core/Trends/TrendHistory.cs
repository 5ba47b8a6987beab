using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;

namespace VibeDash.Core.Trends;

/// <summary>The readings of one sensor in a range, condensed to buckets.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="From">Start of the range as it was asked for; the first bucket may begin before it.</param>
/// <param name="To">End of the range as it was asked for, or up to which the newest readings are in it; the last bucket may end after it.</param>
/// <param name="BucketMilliseconds">Width of a bucket. Where single readings are no longer kept it is wider than the points asked for need.</param>
/// <param name="Sequence">The sensor's tick sequence number this answer covers; see <see cref="SensorTick.Sequence"/>. 0 of a range with an end.</param>
/// <param name="Buckets">Non-empty buckets, oldest first; a missing one is a gap.</param>
/// <param name="Alerts">Alerts of the sensor that were open at some time in the range, oldest first; at most 100.</param>
public sealed record TrendHistory(
    string SensorId, DateTimeOffset From, DateTimeOffset To, long BucketMilliseconds, long Sequence, TrendBucket[] Buckets, Alert[] Alerts)
{
    /// <summary>Most sensors in one question for several.</summary>
    public const int MaximumSensors = 8;

    /// <summary>The sensor's notes that lie in the range or reach into it, oldest first; at most 100.</summary>
    public Note[] Notes { get; init; } = [];
}
