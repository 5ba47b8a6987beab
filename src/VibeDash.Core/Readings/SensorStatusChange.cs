namespace VibeDash.Core.Readings;

/// <summary>
/// Report by a third party, such as a broker or gateway, that a sensor is reachable or not. A sensor is offline when reported so and without a newer
/// reading since, by event time. Only the last report needs to be kept, and readings cost nothing.
/// </summary>
/// <param name="SensorId">The sensor, or with <paramref name="IsPrefix"/> the common start of sensor ids.</param>
/// <param name="IsOnline">True for online.</param>
/// <param name="At">Start of the status, server time.</param>
/// <param name="IsPrefix">True when it applies to every sensor whose id starts with <paramref name="SensorId"/>.</param>
public sealed record SensorStatusChange(string SensorId, bool IsOnline, DateTimeOffset At, bool IsPrefix = false)
{
    // Longer than committing the maximum of in-flight messages takes.
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    /// <summary>True for a possible redelivery: <see cref="Payloads.SourceMessage.Redelivered"/>.</summary>
    public bool Redelivered { get; init; }

    /// <summary>True when the broker had retained it for an unknown time: <see cref="Payloads.SourceMessage.Retained"/>.</summary>
    public bool Retained { get; init; }

    /// <summary>True when a sensor is offline.</summary>
    /// <param name="offlineSince">Start of the last reported offline time; null when none was reported, or online was reported later.</param>
    /// <param name="latest">Event time of its newest reading.</param>
    public static bool IsOffline(DateTimeOffset? offlineSince, DateTimeOffset latest) => latest <= offlineSince;

    /// <summary>The new offline time of a sensor after this report.</summary>
    /// <param name="offlineSince">Its current offline time, or null.</param>
    /// <param name="latest">Event time of its newest reading.</param>
    /// <returns>The new <paramref name="offlineSince"/>; the same when nothing changes.</returns>
    public DateTimeOffset? Apply(DateTimeOffset? offlineSince, DateTimeOffset latest)
    {
        var isOffline = IsOffline(offlineSince, latest);
        if (IsOnline)
            return isOffline || !(Redelivered || Retained) ? null : offlineSince;
        if (isOffline)
            return offlineSince;

        // A repeated report must not override readings newer than it. A redelivered report is at most slightly older than the newest reading; a retained
        // one may be of any age.
        if (offlineSince is { } since && (Retained || (Redelivered && latest - since <= InFlight)))
            return offlineSince;

        // A sensor whose clock runs ahead is offline, too.
        return latest > At ? latest : At;
    }
}
