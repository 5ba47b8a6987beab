using VibeDash.Core.Trends;

namespace VibeDash.Server.History;

/// <summary>Buckets being filled, in whatever order readings and rollups come. Not thread-safe.</summary>
internal sealed class BucketSums
{
    private readonly long _start;
    private readonly long _width;
    private readonly Rollup[] _buckets;

    /// <summary>Empty buckets for a range, which is rounded out to whole ones.</summary>
    /// <param name="from">Start, in microseconds since the Unix epoch.</param>
    /// <param name="to">End, inclusive.</param>
    /// <param name="width">Width of a bucket, in microseconds.</param>
    public BucketSums(long from, long to, long width)
    {
        _width = width;
        _start = Rollup.StartOf(from, width);
        _buckets = new Rollup[((Rollup.StartOf(to, width) - _start) / width) + 1];
    }

    /// <summary>Start of the first bucket, inclusive.</summary>
    public long From => _start;

    /// <summary>End of the last bucket, inclusive.</summary>
    public long To => _start + (_buckets.Length * _width) - 1;

    /// <summary>Adds a reading; one outside changes nothing.</summary>
    public void Add(long timestamp, double level) => Add(new(timestamp, 1, level, level, level, level, timestamp));

    /// <summary>Adds a rollup whose bucket is not wider than these; one outside changes nothing.</summary>
    public void Add(in Rollup rollup)
    {
        var into = rollup.Start - _start;
        if (into < 0 || into / _width >= _buckets.Length)
            return;
        ref var bucket = ref _buckets[into / _width];
        bucket = bucket.Count == 0 ? rollup : bucket.With(rollup);
    }

    /// <summary>Those that are not empty, oldest first.</summary>
    public TrendBucket[] ToBuckets()
    {
        var buckets = new List<TrendBucket>(_buckets.Length);
        for (var i = 0; i < _buckets.Length; i++)
        {
            if (_buckets[i] is { Count: > 0 } bucket)
                buckets.Add(new((_start + (i * _width)) / 1000, bucket.Count, bucket.Min, bucket.Max, bucket.Mean));
        }

        return [.. buckets];
    }
}
