namespace VibeDash.Core.Readings;

/// <summary>
/// How far a sensor's clock is ahead of the server's or behind it, as the arrivals of its readings show: no reading arrives before it is measured. An
/// arrival by a slower clock counts at once. A faster clock counts only when several arrivals in a row show it and none has contradicted it for a while: a
/// single timestamp may be wrong, and two senders of one sensor may have clocks that differ. A clock is behind when readings arrive late by the same time
/// again and again; those of a backlog are late by less and less. Not thread-safe.
/// </summary>
public sealed class SensorClock
{
    /// <summary>Number of arrivals in a row that show a faster clock, or one that is behind.</summary>
    public const int ArrivalsInARow = 3;

    /// <summary>A reading is ahead when its timestamp is later than the sensor's clock by more than this. Smaller differences are delays on the way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>How long an arrival by the slower clock contradicts a faster one, and how long readings have to be late by the same time.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    /// <summary>A reading older than this on arrival was delayed or has the time of a clock that is behind: it does not show whether the clock is ahead.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>A clock that differs from the server's by more than this is off: its readings are shown and alerted at times that were not theirs.</summary>
    public static readonly TimeSpan Off = TimeSpan.FromMinutes(1);

    private DateTimeOffset _confirmedAt;
    private TimeSpan _faster;
    private int _inARow;
    private DateTimeOffset _lateSince;
    private TimeSpan _late;
    private int _lateInARow;

    /// <summary>How far it is ahead of the server's clock; zero when it is not, or not known yet.</summary>
    public TimeSpan Lead { get; private set; }

    /// <summary>How far it is behind the server's clock, more than <see cref="LongestDelay"/>; zero when it is not, or not known yet.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>True when a clock is <see cref="Off"/>.</summary>
    /// <param name="offsetSeconds">How far it is ahead, or negative behind, in seconds; null when it is on time.</param>
    public static bool IsOff(double? offsetSeconds) => Math.Abs(offsetSeconds ?? 0) > Off.TotalSeconds;

    /// <summary>True when a reading is ahead: it claims a time that has not come.</summary>
    /// <param name="timestamp">Its event time.</param>
    /// <param name="now">Server time.</param>
    public bool IsAhead(DateTimeOffset timestamp, DateTimeOffset now) => timestamp - now > Lead + Tolerance;

    /// <summary>True when the sensor's clock has reached an event time.</summary>
    /// <param name="timestamp">The event time.</param>
    /// <param name="now">Server time.</param>
    public bool HasReached(DateTimeOffset timestamp, DateTimeOffset now) => timestamp - now <= Lead;

    /// <summary>Takes an arrival into account.</summary>
    /// <param name="timestamp">Event time of the reading.</param>
    /// <param name="arrivedAt">Server time of its arrival.</param>
    public void Observe(DateTimeOffset timestamp, DateTimeOffset arrivedAt)
    {
        var lead = timestamp - arrivedAt;
        if (lead < -LongestDelay)
        {
            ObserveLate(-lead, arrivedAt);
            return;
        }

        (Lag, _lateInARow) = (TimeSpan.Zero, 0);
        if (lead <= Lead + Tolerance)
        {
            Lead = lead > TimeSpan.Zero ? lead : TimeSpan.Zero;
            (_confirmedAt, _inARow) = (arrivedAt, 0);
            return;
        }

        _faster = _inARow == 0 || lead < _faster ? lead : _faster;
        if (++_inARow >= ArrivalsInARow && arrivedAt - _confirmedAt > Memory)
            (Lead, _confirmedAt, _inARow) = (_faster, arrivedAt, 0);
    }

    private void ObserveLate(TimeSpan late, DateTimeOffset arrivedAt)
    {
        if (_lateInARow == 0 || (late - _late).Duration() > Tolerance)
            (_late, _lateSince, _lateInARow) = (late, arrivedAt, 0);
        if (++_lateInARow >= ArrivalsInARow && arrivedAt - _lateSince >= Memory)
            Lag = _late;
    }
}
