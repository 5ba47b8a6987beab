namespace VibeDash.Core.Trends;

/// <summary>The readings of one stretch of time, condensed so that no peak is lost.</summary>
/// <param name="Start">Start of the stretch, inclusive, in milliseconds since the Unix epoch; a multiple of the bucket's width.</param>
/// <param name="Count">Readings in it, at least 1.</param>
/// <param name="Min">Lowest level.</param>
/// <param name="Max">Highest level.</param>
/// <param name="Mean">Arithmetic mean of the levels.</param>
public readonly record struct TrendBucket(long Start, long Count, double Min, double Max, double Mean)
{
    /// <summary>This bucket with other readings of the same stretch added.</summary>
    public TrendBucket With(long count, double min, double max, double mean) => this with
    {
        Count = Count + count,
        Min = Math.Min(Min, min),
        Max = Math.Max(Max, max),
        Mean = Mean + ((mean - Mean) * count / (Count + count)),
    };
}
