using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// Times at which messages may have been missed: the server was not running or stood still, or a broker was not connected. A silence that overlaps one
/// is not certainly the sensor's own. What was listened to is on record, so that a restart does not change the silences. Owned by the event loop.
/// </summary>
internal sealed class Outages
{
    /// <summary>Maximum number of outages kept; of a silence from before them, the time before them does not count.</summary>
    public const int Maximum = 2048;

    /// <summary>Without a tick of the clock for this long, the server itself stood still: frozen, suspended, or moved to another machine.</summary>
    public static readonly TimeSpan Standstill = TimeSpan.FromSeconds(10);

    // The time after the last record of a server that was killed counts as an outage.
    private static readonly TimeSpan RecordedEvery = TimeSpan.FromMinutes(1);

    // In order, each with the time of all before it.
    private readonly List<(DateTimeOffset From, DateTimeOffset To, TimeSpan Before)> _past = [];
    private TimeSpan _all;
    private DateTimeOffset _first = DateTimeOffset.MinValue;
    private DateTimeOffset? _recordedUntil;

    /// <summary>Server time since which no message has been missed; null while messages may be missed.</summary>
    public DateTimeOffset? ListeningSince { get; private set; }

    /// <summary>Server time until which messages have been received, as far as known; null before the first.</summary>
    public DateTimeOffset? ListenedUntil { get; private set; }

    /// <summary>Starts with what is on record.</summary>
    /// <param name="listened">Times in which no message was missed, in order.</param>
    /// <param name="latest">Time of the latest reading, for a database without such times; or null.</param>
    public void Begin(IReadOnlyList<ListeningRow> listened, DateTimeOffset? latest)
    {
        for (var i = 1; i < listened.Count; i++)
        {
            if (listened[i - 1].Until < listened[i].Since)
                Add(listened[i - 1].Until, listened[i].Since);
        }

        if (listened.Count > Maximum)
            _first = listened[0].Since;
        ListenedUntil = listened.Count > 0 ? listened[^1].Until : latest;
    }

    /// <summary>Records the connection state.</summary>
    /// <param name="now">Server time.</param>
    /// <param name="listeningSince">Time since which all brokers have been connected; null while one is not.</param>
    /// <returns>True when the time since <see cref="ListeningSince"/> is to be put on record.</returns>
    public bool Observe(DateTimeOffset now, DateTimeOffset? listeningSince)
    {
        var isDue = false;
        if (listeningSince is { } since)
        {
            if (ListeningSince != since && ListenedUntil < since)
                Add(ListenedUntil.Value, since);
            ListenedUntil = now;
            isDue = ListeningSince != since || !((now - _recordedUntil)?.Duration() < RecordedEvery);
            if (isDue)
                _recordedUntil = now;
        }

        ListeningSince = listeningSince;
        return isDue;
    }

    /// <summary>False when the server stood still before this time, which the next tick will record.</summary>
    public bool IsCurrent(DateTimeOffset arrivedAt) => arrivedAt - ListenedUntil <= Standstill;

    /// <summary>True when an outage overlaps a period.</summary>
    public bool Overlap(DateTimeOffset from, DateTimeOffset to)
    {
        // Called for every reading: the latest outage is usually before it.
        for (var i = _past.Count - 1; i >= 0 && _past[i].To > from; i--)
        {
            if (_past[i].From < to)
                return true;
        }

        return false;
    }

    /// <summary>How much of the time since <paramref name="from"/>, server time, were outages.</summary>
    public TimeSpan Missed(DateTimeOffset from)
    {
        if (from < _first)
            return _first - from + Missed(_first);
        var (low, high) = (0, _past.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_past[middle].To > from)
                high = middle;
            else
                low = middle + 1;
        }

        if (low == _past.Count)
            return TimeSpan.Zero;
        var (start, _, before) = _past[low];
        return _all - before - (from > start ? from - start : TimeSpan.Zero);
    }

    private void Add(DateTimeOffset from, DateTimeOffset to)
    {
        if (_past.Count == Maximum)
        {
            _first = _past[0].To;
            _past.RemoveAt(0);
        }

        _past.Add((from, to, _all));
        _all += to - from;
    }
}
