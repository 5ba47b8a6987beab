using System.Globalization;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>Writes an <see cref="AlertQuery"/> as the query of <c>GET /api/v1/alerts</c>.</summary>
public static class AlertQueryString
{
    /// <summary>The query without its question mark.</summary>
    public static string Of(AlertQuery query) => QueryString.Of(
    [
        ("severity", query.Severity?.ToString()),
        ("state", query.State?.ToString()),
        ("sensorId", query.SensorId),
        ("kind", query.Kind?.ToString()),
        ("ruleId", query.RuleId?.ToString(CultureInfo.InvariantCulture)),
        ("place", query.Place),
        ("machine", query.Machine),
        ("raisedFrom", IsoTime.Of(query.RaisedFrom)),
        ("from", IsoTime.Of(query.From)),
        ("to", IsoTime.Of(query.To)),
        ("before", query.Before?.ToString(CultureInfo.InvariantCulture)),
        ("limit", query.Limit.ToString(CultureInfo.InvariantCulture)),
    ]);
}
