namespace VibeDash.Core.Alerts;

/// <summary>
/// Detects an alert flood: more alerts than an operator can handle. It starts with more than <see cref="StartsAbove"/> new alerts in ten minutes and
/// ends with fewer than <see cref="EndsBelow"/> in ten (ISA-18.2-2016, EEMUA 191). Uses server time. Not thread-safe.
/// </summary>
public sealed class AlertFlood
{
    /// <summary>A flood starts above this many new alerts in ten minutes.</summary>
    public const int StartsAbove = 10;

    /// <summary>It ends below this many.</summary>
    public const int EndsBelow = 5;

    /// <summary>Period in which alerts are counted.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    // Bounded: alerts beyond the number that starts a flood need no individual times.
    private readonly Queue<DateTimeOffset> _latest = new();

    /// <summary>Start of the flood; null when there is none.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Records new alerts and the current time.</summary>
    /// <param name="raised">Number of alerts raised, without backfilled, shelved and suppressed ones, which require no action.</param>
    /// <param name="now">Server time.</param>
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
