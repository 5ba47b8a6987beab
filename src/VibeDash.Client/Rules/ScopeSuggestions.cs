using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Rules;

/// <summary>Suggestions for the value of a scope.</summary>
public static class ScopeSuggestions
{
    /// <summary>Maximum number of suggestions. Browsers are slow to open a list of thousands.</summary>
    public const int MaximumCount = 100;

    /// <summary>Values that contain the entered text.</summary>
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
