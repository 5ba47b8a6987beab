using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Alerts;

/// <summary>The alerts of one machine, put together.</summary>
/// <param name="Name">The machine by its whole location; a sensor without one stands for itself.</param>
/// <param name="Worst">The worst severity.</param>
/// <param name="Oldest">When the oldest was raised; null when none was.</param>
/// <param name="Alerts">The alerts.</param>
public sealed record FloodedMachine(string Name, Severity Worst, DateTimeOffset? Oldest, IReadOnlyList<Alert> Alerts)
{
    /// <summary>Groups alerts by machine: the worst first, of these the one with the most alerts.</summary>
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
