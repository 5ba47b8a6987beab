using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Rules;

/// <summary>What of the fleet a scope may name.</summary>
public static class ScopeSuggestions
{
    /// <summary>Most suggestions: a browser with thousands in its list is slow to open it.</summary>
    public const int MaximumCount = 100;

    /// <summary>Values of a kind that contain what was entered so far.</summary>
    public static string[] For(ScopeKind kind, string entered, IEnumerable<SensorView> sensors) =>
    [
        .. sensors.SelectMany(sensor => Values(kind, sensor))
            .Where(value => value.Length > 0 && value.Contains(entered.Trim(), StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)
            .Take(MaximumCount),
    ];

    private static IEnumerable<string> Values(ScopeKind kind, SensorView sensor) => kind switch
    {
        ScopeKind.Model => [sensor.Facts.Model ?? ""],
        ScopeKind.Location => Prefixes(sensor.Facts.Location),
        ScopeKind.Machine => [sensor.Facts.Location],
        ScopeKind.Label => sensor.Labels,
        ScopeKind.Sensor => [sensor.SensorId],
        _ => [],
    };

    private static IEnumerable<string> Prefixes(string location)
    {
        for (var comma = location.IndexOf(','); comma >= 0; comma = location.IndexOf(',', comma + 1))
            yield return location[..comma];
        yield return location;
    }
}
