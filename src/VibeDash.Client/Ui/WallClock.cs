namespace VibeDash.Client.Ui;

/// <summary>Converts between points in time and the local times in input fields.</summary>
public static class WallClock
{
    /// <summary>True for a plausible date. Input fields accept others, and at the ends of the calendar there is no offset.</summary>
    public static bool IsDate(DateTime? local) => local is { Year: > 1900 and < 9000 };

    /// <summary>The local time in a zone, in whole seconds.</summary>
    public static DateTime Of(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone).DateTime;
        return local.AddTicks(-(local.Ticks % TimeSpan.TicksPerSecond));
    }

    /// <summary>
    /// The point in time of a local time in a zone. A local time skipped by daylight saving gets the offset before the change.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">At the ends of the calendar: see <see cref="IsDate"/>.</exception>
    public static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new(wall, zone.GetUtcOffset(wall));
    }
}
