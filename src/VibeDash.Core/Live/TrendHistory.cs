using VibeDash.Core.Alerts;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Live;

/// <summary>The readings of one sensor in a range, condensed to buckets.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="From">Start of the range, inclusive.</param>
/// <param name="To">End of the range, inclusive.</param>
/// <param name="BucketMilliseconds">Width of a bucket.</param>
/// <param name="Sequence">The sensor's tick sequence number this answer covers; see <see cref="SensorTick.Sequence"/>.</param>
/// <param name="Buckets">Non-empty buckets, oldest first; a missing one is a gap.</param>
/// <param name="Alerts">Alerts of the sensor that were open at some time in the range, oldest first; at most 100.</param>
public sealed record TrendHistory(
    string SensorId, DateTimeOffset From, DateTimeOffset To, long BucketMilliseconds, long Sequence, TrendBucket[] Buckets, Alert[] Alerts);
