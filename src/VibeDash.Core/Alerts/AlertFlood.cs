namespace VibeDash.Core.Alerts;

/// <summary>
/// Tells an alert flood: more alerts than a person can take in. It starts with more than <see cref="StartsAbove"/> new alerts in ten minutes and
/// ends with fewer than <see cref="EndsBelow"/> in ten (ISA-18.2-2016, EEMUA 191). By the server's clock. Not thread-safe.
/// </summary>
public sealed class AlertFlood
{
    /// <summary>A flood starts above this many new alerts in ten minutes.</summary>
    public const int StartsAbove = 10;

    /// <summary>It ends below this many.</summary>
    public const int EndsBelow = 5;

    /// <summary>The time in which they are counted.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    // More than it takes to start one need not be remembered one by one.
    private readonly Queue<DateTimeOffset> _latest = new();

    /// <summary>Since when there is a flood; null when there is none.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Takes note of new alerts, and of time.</summary>
    /// <param name="raised">How many were raised; those that are backfilled, shelved or suppressed ask nobody, and do not count.</param>
    /// <param name="now">The server's clock.</param>
    public void Observe(int raised, DateTimeOffset now)
    {
        for (var i = 0; i < Math.Min(raised, StartsAbove + 1); i++)
        {
            if (_latest.Count > StartsAbove)
                _latest.Dequeue();
            _latest.Enqueue(now);
        }

        while (_latest.TryPeek(out var oldest) && now - oldest > Within)
            _latest.Dequeue();

        if (Since is null && _latest.Count > StartsAbove)
            Since = now;
        else if (Since is not null && _latest.Count < EndsBelow)
            Since = null;
    }
}
