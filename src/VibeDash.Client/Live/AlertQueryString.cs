using System.Globalization;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Live;

/// <summary>Writes an <see cref="AlertQuery"/> as the query of <c>GET /api/v1/alerts</c>.</summary>
public static class AlertQueryString
{
    /// <summary>The query without its question mark; times in UTC.</summary>
    public static string Of(AlertQuery query)
    {
        (string Name, string? Value)[] fields =
        [
            ("severity", query.Severity?.ToString()),
            ("state", query.State?.ToString()),
            ("sensorId", query.SensorId),
            ("from", query.From is { } from ? Time(from) : null),
            ("to", query.To is { } to ? Time(to) : null),
            ("before", query.Before?.ToString(CultureInfo.InvariantCulture)),
            ("limit", query.Limit.ToString(CultureInfo.InvariantCulture)),
        ];
        return string.Join('&', from field in fields where field.Value is not null select $"{field.Name}={Uri.EscapeDataString(field.Value!)}");
    }

    /// <summary>A time as the API reads it: ISO 8601 in UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
