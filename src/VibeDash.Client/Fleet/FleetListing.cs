using VibeDash.Core.Live;

namespace VibeDash.Client.Fleet;

/// <summary>The fleet in the order of the page: grouped by place, then machine; everywhere the worst first, then by name.</summary>
public sealed class FleetListing
{
    private FleetListing(IReadOnlyList<PlaceGroup> places, IReadOnlyList<string> placeNames, IReadOnlyDictionary<SensorCondition, int> counts) =>
        (Places, PlaceNames, Counts) = (places, placeNames, counts);

    /// <summary>What passes the filter.</summary>
    public IReadOnlyList<PlaceGroup> Places { get; }

    /// <summary>All places by name, whatever the filter.</summary>
    public IReadOnlyList<string> PlaceNames { get; }

    /// <summary>How many sensors are in each condition, whatever the filter.</summary>
    public IReadOnlyDictionary<SensorCondition, int> Counts { get; }

    /// <summary>Lists <paramref name="view"/>.</summary>
    /// <param name="view">The fleet.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="text">Part of a sensor id or a machine's name; blank for all.</param>
    /// <param name="place">A place; null for all.</param>
    public static FleetListing Of(FleetView view, DateTimeOffset now, string text = "", string? place = null)
    {
        var alerts = view.OpenAlerts.ToLookup(alert => alert.SensorId);
        now = view.SilenceClock(now);
        var all = view.Sensors.Select(sensor => SensorStatus.Of(sensor, alerts[sensor.SensorId], now)).ToList();
        var wanted = text.Trim();
        return new FleetListing(
            Group(all.Where(status => Passes(status.Sensor, wanted, place))),
            [.. all.Select(status => status.Sensor.Location.Place).Distinct().Order(StringComparer.OrdinalIgnoreCase)],
            all.CountBy(status => status.Condition).ToDictionary());
    }

    /// <summary>Changes whenever <see cref="Of"/> would list otherwise; much cheaper to know, and readings alone do not change it.</summary>
    public static int Fingerprint(FleetView view, DateTimeOffset now)
    {
        var fingerprint = default(HashCode);
        now = view.SilenceClock(now);
        foreach (var alert in view.OpenAlerts)
        {
            fingerprint.Add(alert.Id);
            fingerprint.Add((int)alert.State);
        }

        foreach (var sensor in view.Sensors)
        {
            fingerprint.Add(sensor);
            fingerprint.Add(sensor.OfflineSince is not null || sensor.IsStale(now));
        }

        return fingerprint.ToHashCode();
    }

    private static List<PlaceGroup> Group(IEnumerable<SensorStatus> sensors) =>
    [
        .. from status in sensors
           group status by status.Sensor.Location.Place into place
           let machines = Machines(place)
           orderby machines[0].Condition descending, place.Key
           select new PlaceGroup(place.Key, machines[0].Condition, machines),
    ];

    private static List<MachineGroup> Machines(IEnumerable<SensorStatus> sensors) =>
    [
        .. from status in sensors
           group status by status.Sensor.Location.Machine into machine
           let ordered = machine.OrderByDescending(s => s.Condition).ThenBy(s => s.Sensor.SensorId, StringComparer.Ordinal).ToList()
           orderby ordered[0].Condition descending, machine.Key
           select new MachineGroup(machine.Key, ordered[0].Condition, ordered),
    ];

    private static bool Passes(SensorView sensor, string text, string? place) =>
        (place is null || sensor.Location.Place == place)
        && (text.Length == 0
            || sensor.SensorId.Contains(text, StringComparison.OrdinalIgnoreCase)
            || sensor.Location.Machine.Contains(text, StringComparison.OrdinalIgnoreCase));
}
