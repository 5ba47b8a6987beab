using VibeDash.Core.Live;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Alerts;

/// <summary>The values that the filter of alerts offers, and the one that is chosen: those of the open alerts.</summary>
/// <param name="view">The fleet; null before it has come.</param>
public sealed class AlertChoices(FleetView? view)
{
    /// <summary>The rules, by name.</summary>
    public IEnumerable<(int Id, string Name)> Rules(int? chosen) => (view?.OpenAlerts ?? [])
        .Where(alert => alert.RuleId > 0).Select(alert => (alert.RuleId, alert.RuleName))
        .Concat(chosen is { } id ? [(id, $"Rule {id}")] : [])
        .DistinctBy(rule => rule.RuleId).OrderBy(rule => rule.RuleName, StringComparer.CurrentCultureIgnoreCase);

    /// <summary>The places, from the widest to the narrowest.</summary>
    public IEnumerable<string> Places(string? chosen) => Locations.SelectMany(location => Within(location.Place)).Concat(Chosen(chosen))
        .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.CurrentCultureIgnoreCase);

    /// <summary>The machines, by their full locations.</summary>
    public IEnumerable<string> Machines(string? chosen) => Locations.Select(location => location.Whole).Where(machine => machine.Length > 0).Concat(Chosen(chosen))
        .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.CurrentCultureIgnoreCase);

    private IEnumerable<Location> Locations => (view?.OpenAlerts ?? []).Select(alert => view!.Sensor(alert.SensorId)?.Location).OfType<Location>();

    private static IEnumerable<string> Chosen(string? chosen) => chosen is null ? [] : [chosen];

    // The place, and those that it is in.
    private static IEnumerable<string> Within(string place)
    {
        for (var end = place.Length; end > 0; end = place.LastIndexOf(',', end - 1))
            yield return place[..end];
    }
}
