namespace VibeDash.Client.Ui;

/// <summary>Times as the clock on the reader's wall shows them, which is what date fields of a page hold.</summary>
public static class WallClock
{
    /// <summary>True for a date that people mean: a field takes what is far from it, and at the ends of the calendar there is no offset.</summary>
    public static bool IsDate(DateTime? local) => local is { Year: > 1900 and < 9000 };

    /// <summary>A time on the clock of a zone, in whole seconds.</summary>
    public static DateTime Of(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone).DateTime;
        return local.AddTicks(-(local.Ticks % TimeSpan.TicksPerSecond));
    }

    /// <summary>
    /// The time at which the clock of a zone shows <paramref name="local"/>. One that a change of the clock skips is the same number of hours after
    /// midnight as ever.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">At the ends of the calendar: see <see cref="IsDate"/>.</exception>
    public static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new(wall, zone.GetUtcOffset(wall));
    }
}
