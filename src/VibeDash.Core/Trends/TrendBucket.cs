namespace VibeDash.Core.Trends;

/// <summary>Condensed readings of a period, without losing peaks.</summary>
/// <param name="Start">Start, inclusive, in milliseconds since the Unix epoch; a multiple of the bucket's width.</param>
/// <param name="Count">Number of readings, at least 1.</param>
/// <param name="Min">Lowest level.</param>
/// <param name="Max">Highest level.</param>
/// <param name="Mean">Arithmetic mean of the levels.</param>
public readonly record struct TrendBucket(long Start, long Count, double Min, double Max, double Mean)
{
    /// <summary>Merges other readings of the same period.</summary>
    public TrendBucket With(long count, double min, double max, double mean) => this with
    {
        Count = Count + count,
        Min = Math.Min(Min, min),
        Max = Math.Max(Max, max),
        Mean = Mean + ((mean - Mean) * count / (Count + count)),
    };
}
