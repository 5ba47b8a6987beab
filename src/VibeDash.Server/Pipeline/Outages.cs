namespace VibeDash.Server.Pipeline;

/// <summary>
/// The times at which what was sent may have been missed: the server did not run, or a broker was not connected. A silence that meets one is not
/// certainly the sensor's own. Owned by the event loop.
/// </summary>
internal sealed class Outages
{
    // More in a row are taken for one.
    private const int Most = 32;

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _past = [];
    private DateTimeOffset? _listenedUntil;

    /// <summary>Server time since when nothing that was sent has been missed; null while something may be.</summary>
    public DateTimeOffset? ListeningSince { get; private set; }

    /// <summary>Begins: until when there is something on record.</summary>
    public void Begin(DateTimeOffset? latest) => _listenedUntil = latest;

    /// <summary>Takes note of the time.</summary>
    /// <param name="now">Server time.</param>
    /// <param name="listeningSince">Since when all brokers have been connected; null while one is not.</param>
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

    /// <summary>True when an outage meets a time.</summary>
    public bool Meet(DateTimeOffset from, DateTimeOffset to)
    {
        // Asked for every reading: a closure would cost more than what is looked through.
        foreach (var outage in _past)
        {
            if (outage.From < to && from < outage.To)
                return true;
        }

        return false;
    }

    private void Add(DateTimeOffset from, DateTimeOffset to)
    {
        if (_past.Count == Most)
        {
            from = _past[^1].From;
            _past.RemoveAt(Most - 1);
        }

        _past.Add((from, to));
    }
}
