using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Alerts;

/// <summary>The alerts of one machine in an alert flood.</summary>
/// <param name="Name">Location of the machine; the sensor id for a sensor without a location.</param>
/// <param name="Worst">Highest severity.</param>
/// <param name="Oldest">Time at which the oldest alert was raised; null when none was.</param>
/// <param name="Alerts">The alerts.</param>
public sealed record FloodedMachine(string Name, Severity Worst, DateTimeOffset? Oldest, IReadOnlyList<Alert> Alerts)
{
    /// <summary>Groups alerts by machine, most severe first, then by number of alerts.</summary>
    public static List<FloodedMachine> Of(IEnumerable<Alert> alerts, FleetView view) =>
    [
        .. alerts
            .GroupBy(alert => view.Sensor(alert.SensorId)?.Facts.Location is { Length: > 0 } location ? location : alert.SensorId, StringComparer.OrdinalIgnoreCase)
            .Select(group => new FloodedMachine(group.Key, group.Max(alert => alert.Severity), group.Min(alert => alert.RaisedAt), [.. group]))
            .OrderByDescending(machine => machine.Worst)
            .ThenByDescending(machine => machine.Alerts.Count)
            .ThenBy(machine => machine.Name, StringComparer.OrdinalIgnoreCase),
    ];
}
