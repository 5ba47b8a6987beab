using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>Buckets of a range.</summary>
/// <param name="Buckets">The non-empty buckets, oldest first.</param>
/// <param name="Width">Their width, in milliseconds: wider than asked for where finer data is no longer kept.</param>
/// <param name="Unit">Unit of the levels.</param>
/// <param name="Cuts">See <see cref="TrendHistory.Cuts"/>.</param>
internal sealed record BucketRange(TrendBucket[] Buckets, long Width, string Unit, UnitCut[] Cuts);
