namespace VibeDash.Server.Pipeline;

/// <summary>
/// Times at which messages may have been missed: the server was not running or stood still, or a broker was not connected. A silence that overlaps one
/// is not certainly the sensor's own. Owned by the event loop.
/// </summary>
internal sealed class Outages
{
    /// <summary>Without a tick of the clock for this long, the server itself stood still: frozen, suspended, or moved to another machine.</summary>
    public static readonly TimeSpan Standstill = TimeSpan.FromSeconds(10);

    // Beyond this, the latest two are merged.
    private const int MaximumOutages = 32;

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _past = [];
    private DateTimeOffset? _listenedUntil;

    /// <summary>Server time since which no message has been missed; null while messages may be missed.</summary>
    public DateTimeOffset? ListeningSince { get; private set; }

    /// <summary>Starts with the time of the latest record, or null.</summary>
    public void Begin(DateTimeOffset? latest) => _listenedUntil = latest;

    /// <summary>Records the connection state.</summary>
    /// <param name="now">Server time.</param>
    /// <param name="listeningSince">Time since which all brokers have been connected; null while one is not.</param>
    public void Observe(DateTimeOffset now, DateTimeOffset? listeningSince)
    {
        if (listeningSince is { } since)
        {
            if (ListeningSince != since && _listenedUntil < since)
                Add(_listenedUntil.Value, since);
            _listenedUntil = now;
        }

        ListeningSince = listeningSince;
    }

    /// <summary>False when the server stood still before this time, which the next tick will record.</summary>
    public bool IsCurrent(DateTimeOffset arrivedAt) => arrivedAt - _listenedUntil <= Standstill;

    /// <summary>True when an outage overlaps a period.</summary>
    public bool Overlap(DateTimeOffset from, DateTimeOffset to)
    {
        // Called for every reading: a closure would cost more than the loop.
        foreach (var outage in _past)
        {
            if (outage.From < to && from < outage.To)
                return true;
        }

        return false;
    }

    private void Add(DateTimeOffset from, DateTimeOffset to)
    {
        if (_past.Count == MaximumOutages)
        {
            from = _past[^1].From;
            _past.RemoveAt(MaximumOutages - 1);
        }

        _past.Add((from, to));
    }
}
