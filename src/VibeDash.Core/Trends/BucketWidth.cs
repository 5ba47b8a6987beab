namespace VibeDash.Core.Trends;

/// <summary>Chooses the bucket width for a range.</summary>
public static class BucketWidth
{
    // Widths that are readable on a time axis.
    private static readonly long[] Steps =
    [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000,
        60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000,
        3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
    ];

    /// <summary>The narrowest round width, in milliseconds, that covers <paramref name="range"/> with at most <paramref name="points"/> buckets.</summary>
    /// <param name="range">Length of the range; positive.</param>
    /// <param name="points">Maximum number of buckets; at least 2, because any range can cross an edge.</param>
    public static long For(TimeSpan range, int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(range, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);

        // A range that does not start at a bucket's edge touches one more bucket.
        var least = range.TotalMilliseconds / (points - 1);
        foreach (var step in Steps)
        {
            if (step >= least)
                return step;
        }

        var day = Steps[^1];
        return (long)Math.Ceiling(least / day) * day;
    }
}
