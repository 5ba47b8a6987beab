namespace VibeDash.Core.Readings;

/// <summary>
/// Word from somebody else, such as a broker or a gateway, that a sensor can be reached or not. Offline is a sensor that was said to be so and
/// has sent no newer reading since, by event time. So the word needs to be kept only until the next one, and a reading costs nothing.
/// </summary>
/// <param name="SensorId">The sensor, or with <paramref name="IsPrefix"/> the start of the ids of those it is about.</param>
/// <param name="IsOnline">What is said.</param>
/// <param name="At">Since when, by the server's clock.</param>
/// <param name="IsPrefix">True when it is about every sensor whose id starts with <paramref name="SensorId"/>.</param>
public sealed record SensorStatusChange(string SensorId, bool IsOnline, DateTimeOffset At, bool IsPrefix = false)
{
    // Longer than it takes to commit all that a broker may have in flight.
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    /// <summary>True when the broker may have delivered it before: <see cref="Payloads.SourceMessage.Redelivered"/>.</summary>
    public bool Redelivered { get; init; }

    /// <summary>True when the broker had kept it for an unknown time: <see cref="Payloads.SourceMessage.Retained"/>.</summary>
    public bool Retained { get; init; }

    /// <summary>True when a sensor is offline.</summary>
    /// <param name="offlineSince">Since when it was last said to be offline; null when it was not, or was said to be online later.</param>
    /// <param name="latest">Event time of its newest reading.</param>
    public static bool IsOffline(DateTimeOffset? offlineSince, DateTimeOffset latest) => latest <= offlineSince;

    /// <summary>What a sensor keeps of it.</summary>
    /// <param name="offlineSince">What it kept so far; null at first.</param>
    /// <param name="latest">Event time of its newest reading.</param>
    /// <returns>The new <paramref name="offlineSince"/>; the same when nothing changes.</returns>
    public DateTimeOffset? Apply(DateTimeOffset? offlineSince, DateTimeOffset latest)
    {
        var isOffline = IsOffline(offlineSince, latest);
        if (IsOnline)
            return isOffline || !(Redelivered || Retained) ? null : offlineSince;
        if (isOffline)
            return offlineSince;

        // The same word again does not undo the readings that came after it. What a broker had in flight when a connection ended is at most a
        // little older than the newest reading; what it retains may be of any age.
        if (offlineSince is { } since && (Retained || (Redelivered && latest - since <= InFlight)))
            return offlineSince;

        // A sensor whose clock runs ahead is offline all the same.
        return latest > At ? latest : At;
    }
}
