using System.Globalization;
using VibeDash.Client.Ui;

namespace VibeDash.Client.Trends;

/// <summary>
/// Reads entered times: <c>2026-11-24 14:30</c>, <c>14:30</c> (today), <c>now</c>, <c>now-6h</c>, <c>-6h</c>, or ISO 8601 with a zone.
/// </summary>
public static class TimeEntry
{
    /// <summary>The accepted formats, in one sentence.</summary>
    public const string Help = "A date and time such as 2026-11-24 14:30, a time of today such as 14:30, or relative: now, -6h, -7d.";

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss.FFF", "yyyy-MM-dd'T'HH:mm:ss.FFF",
    ];

    /// <summary>The time of a text; null when it is not a time.</summary>
    /// <param name="text">The input.</param>
    /// <param name="now">The clock.</param>
    /// <param name="zone">Time zone of times without a zone.</param>
    public static DateTimeOffset? Parse(string? text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var typed = text?.Trim() ?? "";
        if (IsNow(typed))
            return now;
        if (Ago(typed) is { } ago)
            return now - ago;
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        if (TimeOnly.TryParseExact(typed, ["HH:mm:ss", "HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return WallClock.At(today + time.ToTimeSpan(), zone);
        if (DateTime.TryParseExact(typed, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999)
            return WallClock.At(local, zone);
        return HasZone(typed) && DateTimeOffset.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    /// <summary>The period between two entered times. With an end of <c>now</c> it moves with the clock. Null when a time is invalid.</summary>
    public static TrendPeriod? Period(string? from, string? to, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Parse(from, now, zone) is not { } start || Parse(to, now, zone) is not { } end || start == end)
            return null;
        return IsNow(to!.Trim()) && start < now ? TrendPeriod.Live(now - start) : TrendPeriod.Between(start, end);
    }

    /// <summary>A time in a format that <see cref="Parse"/> reads.</summary>
    public static string Text(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static bool IsNow(string typed) => typed.Equals("now", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? Ago(string typed)
    {
        var relative = typed.StartsWith("now", StringComparison.OrdinalIgnoreCase) ? typed[3..].Trim() : typed;
        return relative.StartsWith('-') ? TrendDuration.Parse(relative[1..]) : null;
    }

    private static bool HasZone(string typed) => typed.EndsWith('Z') || typed.LastIndexOfAny(['+', '-']) > "yyyy-MM-dd".Length;
}
