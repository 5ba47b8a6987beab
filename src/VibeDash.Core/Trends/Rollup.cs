namespace VibeDash.Core.Trends;

/// <summary>
/// Condensed readings of one bucket. Rollups of parts of a bucket combine, in any order, to the rollup of the whole; only <see cref="Sum"/> may
/// depend on the order, by rounding of double.
/// </summary>
/// <param name="Start">Start of the bucket, inclusive, in microseconds since the Unix epoch; a multiple of its width.</param>
/// <param name="Count">Number of readings, at least 1.</param>
/// <param name="Min">Lowest level.</param>
/// <param name="Max">Highest level.</param>
/// <param name="Sum">Sum of the levels.</param>
/// <param name="Last">Level of the newest reading; the highest of several with the same timestamp.</param>
/// <param name="LastAt">Timestamp of that reading, in microseconds since the Unix epoch.</param>
public readonly record struct Rollup(long Start, long Count, double Min, double Max, double Sum, double Last, long LastAt)
{
    /// <summary>Arithmetic mean of the levels.</summary>
    public double Mean => Sum / Count;

    /// <summary>The rollup of a single reading.</summary>
    /// <param name="timestamp">Its timestamp, in microseconds since the Unix epoch.</param>
    /// <param name="level">Its level.</param>
    /// <param name="tier">The width of the bucket.</param>
    public static Rollup Of(long timestamp, double level, RollupTier tier) =>
        new(StartOf(timestamp, WidthOf(tier)), 1, level, level, level, level, timestamp);

    /// <summary>Width of the buckets of a tier, in microseconds.</summary>
    public static long WidthOf(RollupTier tier) => (long)tier * 1_000_000;

    /// <summary>Start of the bucket that contains a time, both in microseconds since the Unix epoch.</summary>
    /// <param name="timestamp">The time.</param>
    /// <param name="width">Width of a bucket, in microseconds.</param>
    public static long StartOf(long timestamp, long width)
    {
        var into = timestamp % width;
        return timestamp - (into < 0 ? into + width : into);
    }

    /// <summary>Merges other readings of the same bucket.</summary>
    public Rollup With(in Rollup other) => new(
        Start,
        Count + other.Count,
        Math.Min(Min, other.Min),
        Math.Max(Max, other.Max),
        Sum + other.Sum,
        other.LastAt > LastAt ? other.Last : other.LastAt < LastAt ? Last : Math.Max(Last, other.Last),
        Math.Max(LastAt, other.LastAt));
}
