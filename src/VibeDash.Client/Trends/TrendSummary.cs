using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>Summary of readings.</summary>
/// <param name="Count">Number of readings.</param>
/// <param name="Min">Lowest level.</param>
/// <param name="Mean">Mean level.</param>
/// <param name="Max">Highest level.</param>
/// <param name="MaxAt">Start of the bucket with the highest level.</param>
public sealed record TrendSummary(long Count, double Min, double Mean, double Max, DateTimeOffset MaxAt)
{
    /// <summary>Summarises buckets; null for none.</summary>
    public static TrendSummary? Of(IReadOnlyList<TrendBucket> buckets)
    {
        if (buckets.Count == 0)
            return null;
        var (count, sum, min, highest) = (0L, 0.0, double.MaxValue, buckets[0]);
        foreach (var bucket in buckets)
        {
            count += bucket.Count;
            sum += bucket.Mean * bucket.Count;
            min = Math.Min(min, bucket.Min);
            if (bucket.Max > highest.Max)
                highest = bucket;
        }

        return new(count, min, sum / count, highest.Max, DateTimeOffset.FromUnixTimeMilliseconds(highest.Start));
    }

    /// <summary>Aggregates buckets into wider ones, at most about <paramref name="rows"/>.</summary>
    public static IReadOnlyList<TrendBucket> Rows(IReadOnlyList<TrendBucket> buckets, long bucketMilliseconds, TimeSpan length, int rows)
    {
        if (buckets.Count == 0)
            return [];
        var width = Math.Max(bucketMilliseconds, BucketWidth.For(length, rows));
        return
        [
            .. from bucket in buckets
               group bucket by bucket.Start / width * width into row
               select row.Skip(1).Aggregate(row.First() with { Start = row.Key }, (sum, next) => sum.With(next.Count, next.Min, next.Max, next.Mean)),
        ];
    }
}
