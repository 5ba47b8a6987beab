using System.Globalization;

namespace VibeDash.Client.Live;

/// <summary>Times as ISO 8601 in UTC: in requests, addresses, files and tooltips.</summary>
public static class IsoTime
{
    /// <summary>For example <c>2026-03-01T03:00:00Z</c>; fractions of a second only where there are any.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Like <see cref="Of(DateTimeOffset)"/>; null for no time.</summary>
    public static string? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;
}
