namespace VibeDash.Core.Trends;

/// <summary>
/// A period of history joined with live ticks, for a trend chart. Holds at most as many buckets as fit its length. Not thread-safe.
/// </summary>
/// <remarks>
/// Joined by sequence number: the history contains the number of live readings it covers. Ticks up to it are skipped, the next one is merged, and a gap
/// is reported so that the history can be fetched again.
/// </remarks>
public sealed class TrendWindow
{
    private readonly List<TrendBucket> _buckets;
    private readonly long _width;
    private readonly long _length;
    private long _sequence;

    /// <summary>Creates a window from <paramref name="history"/>.</summary>
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

    /// <summary>Sequence number of the last known reading; see <see cref="SensorTick.Sequence"/>.</summary>
    public long Sequence => _sequence;

    /// <summary>
    /// Merges <paramref name="tick"/>. The last bucket may be later: the history also has readings ahead of the clock, and the sensor's clock may go back.
    /// </summary>
    /// <returns>False when readings before this tick are missing: fetch the history again.</returns>
    public bool Add(SensorTick tick)
    {
        if (tick.Sequence <= _sequence)
            return true;
        if (tick.Sequence - tick.Count > _sequence)
            return false;

        // A tick that overlaps the history cannot be split: repeating its minimum and maximum is harmless, repeating its count is not.
        var count = tick.Sequence - Math.Max(_sequence, tick.Sequence - tick.Count);
        _sequence = tick.Sequence;
        var start = tick.Timestamp.ToUnixTimeMilliseconds() / _width * _width;
        var next = _buckets.Count;
        while (next > 0 && _buckets[next - 1].Start > start)
            next--;
        if (next > 0 && _buckets[next - 1].Start == start)
        {
            _buckets[next - 1] = _buckets[next - 1].With(count, tick.Min, tick.Max, tick.Mean);
            return true;
        }

        _buckets.Insert(next, new(start, count, tick.Min, tick.Max, tick.Mean));

        // A window that starts and ends inside a bucket touches one more bucket than fit its length.
        if (_buckets.Count > (_length / _width) + 2)
            _buckets.RemoveAt(0);
        return true;
    }

    /// <summary>Drops the buckets before a window that ends at <paramref name="end"/>.</summary>
    public void SlideTo(DateTimeOffset end)
    {
        var oldest = end.ToUnixTimeMilliseconds() - _length - _width;
        var first = _buckets.FindIndex(bucket => bucket.Start >= oldest);
        _buckets.RemoveRange(0, first < 0 ? _buckets.Count : first);
    }
}
