namespace VibeDash.Core.Trends;

/// <summary>
/// A stretch of history with the live tail joined on: what a trend chart shows. Holds at most as many buckets as its length
/// has room for, whatever arrives. Not thread-safe.
/// </summary>
/// <remarks>
/// The join is by sequence number: the history says how many live readings of the sensor it already covers; a tick up to there is
/// known, one that follows directly is merged, one that leaves a gap is reported so that the history can be fetched again.
/// </remarks>
public sealed class TrendWindow
{
    private readonly List<TrendBucket> _buckets;
    private readonly long _width;
    private readonly long _length;
    private long _sequence;

    /// <summary>Starts from <paramref name="history"/>.</summary>
    public TrendWindow(TrendHistory history)
    {
        _buckets = [.. history.Buckets];
        _width = history.BucketMilliseconds;
        _length = (long)(history.To - history.From).TotalMilliseconds;
        _sequence = history.Sequence;
    }

    /// <summary>The buckets, oldest first.</summary>
    public IReadOnlyList<TrendBucket> Buckets => _buckets;

    /// <summary>Width of a bucket, in milliseconds.</summary>
    public long BucketMilliseconds => _width;

    /// <summary>Number of the last reading known; see <see cref="SensorTick.Sequence"/>.</summary>
    public long Sequence => _sequence;

    /// <summary>Adds what <paramref name="tick"/> brings. Ticks come in event-time order; one older than the last bucket changes nothing shown.</summary>
    /// <returns>False when readings between this tick and what is known are missing: fetch the history again.</returns>
    public bool Add(SensorTick tick)
    {
        if (tick.Sequence <= _sequence)
            return true;
        if (tick.Sequence - tick.Count > _sequence)
            return false;

        // A tick that overlaps the history cannot be split; its minimum and maximum may be repeated without harm, its count may not.
        var count = tick.Sequence - Math.Max(_sequence, tick.Sequence - tick.Count);
        _sequence = tick.Sequence;
        var start = tick.Timestamp.ToUnixTimeMilliseconds() / _width * _width;
        if (_buckets.Count == 0 || start > _buckets[^1].Start)
        {
            // A window that starts and ends within a bucket touches one more than its length has whole ones.
            if (_buckets.Count > (_length / _width) + 1)
                _buckets.RemoveAt(0);
            _buckets.Add(new(start, count, tick.Min, tick.Max, tick.Mean));
        }
        else if (start == _buckets[^1].Start)
            _buckets[^1] = _buckets[^1].With(count, tick.Min, tick.Max, tick.Mean);

        return true;
    }

    /// <summary>Drops the buckets that have left the window, which ends at <paramref name="end"/>.</summary>
    public void SlideTo(DateTimeOffset end)
    {
        var oldest = end.ToUnixTimeMilliseconds() - _length - _width;
        var first = _buckets.FindIndex(bucket => bucket.Start >= oldest);
        _buckets.RemoveRange(0, first < 0 ? _buckets.Count : first);
    }
}
