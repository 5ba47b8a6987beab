using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>Accumulates readings and rollups, in any order, into buckets. Not thread-safe.</summary>
internal sealed class BucketSums
{
    private readonly long _start;
    private readonly long _width;
    private readonly Sums[] _buckets;

    /// <summary>Empty buckets for a range, which is extended to whole buckets.</summary>
    /// <param name="from">Start, in microseconds since the Unix epoch.</param>
    /// <param name="to">End, inclusive.</param>
    /// <param name="width">Width of a bucket, in microseconds.</param>
    public BucketSums(long from, long to, long width)
    {
        _width = width;
        _start = Rollup.StartOf(from, width);
        _buckets = new Sums[((Rollup.StartOf(to, width) - _start) / width) + 1];
    }

    /// <summary>Start of the first bucket, inclusive.</summary>
    public long From => _start;

    /// <summary>End of the last bucket, inclusive.</summary>
    public long To => _start + (_buckets.Length * _width) - 1;

    /// <summary>Adds a reading; ignores one outside the range.</summary>
    public void Add(long timestamp, double level) => Add(timestamp, 1, level, level, level);

    /// <summary>Adds a rollup whose bucket is not wider than these; ignores one outside the range.</summary>
    public void Add(long start, long count, double min, double max, double sum)
    {
        var into = start - _start;
        if (into < 0)
            return;
        var index = (ulong)into / (ulong)_width;
        if (index >= (ulong)_buckets.Length)
            return;
        ref var bucket = ref _buckets[index];
        if (bucket.Count == 0)
            bucket = new() { Count = count, Min = min, Max = max, Sum = sum };
        else
            bucket = new() { Count = bucket.Count + count, Min = Math.Min(bucket.Min, min), Max = Math.Max(bucket.Max, max), Sum = bucket.Sum + sum };
    }

    /// <summary>
    /// The non-empty buckets, oldest first. The mean is never beyond the extremes: neither by rounding, nor because a sum of levels that an earlier
    /// version accepted is infinite.
    /// </summary>
    public TrendBucket[] ToBuckets()
    {
        var buckets = new List<TrendBucket>(_buckets.Length);
        for (var i = 0; i < _buckets.Length; i++)
        {
            if (_buckets[i] is { Count: > 0 } bucket)
                buckets.Add(new((_start + (i * _width)) / 1000, bucket.Count, bucket.Min, bucket.Max, Math.Clamp(bucket.Sum / bucket.Count, bucket.Min, bucket.Max)));
        }

        return [.. buckets];
    }

    private readonly struct Sums
    {
        public long Count { get; init; }

        public double Min { get; init; }

        public double Max { get; init; }

        public double Sum { get; init; }
    }
}
