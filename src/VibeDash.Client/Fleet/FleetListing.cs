using VibeDash.Client.Ui;
using VibeDash.Core.Live;

namespace VibeDash.Client.Fleet;

/// <summary>
/// The fleet in the order of the page: grouped by place, then machine; most severe first, then by name. Immutable. A listing shares unchanged groups
/// with the listing before it, so that only changed groups are rendered.
/// </summary>
public sealed class FleetListing
{
    private readonly SensorStatus[] _all;
    private readonly (string Text, string? Place) _filter;

    private readonly bool _inOrder;

    private FleetListing(SensorStatus[] all, (string Text, string? Place) filter, IReadOnlyList<PlaceGroup> places, IReadOnlyList<string> placeNames, bool inOrder)
    {
        (_all, _filter, Places, PlaceNames, _inOrder) = (all, filter, places, placeNames, inOrder);
        Counts = all.SelectMany(status => status.Conditions).CountBy(condition => condition).ToDictionary();
    }

    /// <summary>The places that match the filter.</summary>
    public IReadOnlyList<PlaceGroup> Places { get; }

    /// <summary>All places by name, regardless of the filter.</summary>
    public IReadOnlyList<string> PlaceNames { get; }

    /// <summary>Number of sensors in each condition, regardless of the filter.</summary>
    public IReadOnlyDictionary<SensorCondition, int> Counts { get; }

    /// <summary>Creates the listing of <paramref name="view"/>.</summary>
    /// <param name="view">The fleet.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="text">Part of a sensor id or a machine's name; blank for all.</param>
    /// <param name="place">A place; null for all.</param>
    /// <param name="before">The current listing, returned when no condition has changed; null for none.</param>
    /// <param name="keepOrder">True to keep the order of <paramref name="before"/>.</param>
    public static FleetListing Of(
        FleetView view, DateTimeOffset now, string text = "", string? place = null, FleetListing? before = null, bool keepOrder = false)
    {
        var all = Statuses(view, now);
        var filter = (text.Trim(), place);
        if (before is not null && before._filter == filter && Changed(before._all, all) is { } changed)
        {
            return changed.Count == 0 && (keepOrder || before._inOrder)
                ? before
                : new(all, filter, Group(before.Places, changed, keepOrder), before.PlaceNames, inOrder: !keepOrder);
        }

        return new(
            all,
            filter,
            Group(all.Where(status => Passes(status.Sensor, filter.Item1, place))),
            [.. all.Select(status => status.Sensor.Location.Place).Distinct().Order(StringComparer.OrdinalIgnoreCase)],
            inOrder: true);
    }

    private static SensorStatus[] Statuses(FleetView view, DateTimeOffset now)
    {
        var alerts = view.OpenAlerts.ToLookup(alert => alert.SensorId);
        now = view.SilenceClock(now);
        var statuses = new SensorStatus[view.Sensors.Count];
        var next = 0;
        foreach (var sensor in view.Sensors)
            statuses[next++] = SensorStatus.Of(sensor, alerts[sensor.SensorId], now);
        return statuses;
    }

    /// <returns>The sensors with a changed status, by id; null when the set of sensors has changed.</returns>
    private static Dictionary<string, SensorStatus>? Changed(SensorStatus[] before, SensorStatus[] now)
    {
        if (before.Length != now.Length)
            return null;
        var changed = new Dictionary<string, SensorStatus>(StringComparer.Ordinal);
        for (var i = 0; i < now.Length; i++)
        {
            if (!ReferenceEquals(before[i].Sensor, now[i].Sensor))
                return null;
            if (before[i] != now[i])
                changed[now[i].Sensor.SensorId] = now[i];
        }

        return changed;
    }

    private static PlaceGroup[] Group(IEnumerable<SensorStatus> sensors) => Ordered(
        sensors.GroupBy(status => status.Sensor.Location.Place).Select(place => Place(place.Key, Ordered(
            place.GroupBy(status => status.Sensor.Location.Machine).Select(machine => Machine(machine.Key, machine))))));

    private static PlaceGroup[] Group(IReadOnlyList<PlaceGroup> before, Dictionary<string, SensorStatus> changed, bool keepOrder)
    {
        var places = changed.Values.Select(status => status.Sensor.Location.Place).ToHashSet();
        var renewed = before.Select(place => keepOrder && !places.Contains(place.Place) ? place : Renewed(place, changed, keepOrder));
        return keepOrder ? [.. renewed] : Ordered(renewed);
    }

    private static PlaceGroup Renewed(PlaceGroup place, Dictionary<string, SensorStatus> changed, bool keepOrder)
    {
        var renewed = place.Machines.Select(machine => !machine.Sensors.Any(status => changed.ContainsKey(status.Sensor.SensorId)) ? machine : Machine(
            machine.Machine, machine.Sensors.Select(status => changed.GetValueOrDefault(status.Sensor.SensorId, status))));
        MachineGroup[] machines = keepOrder ? [.. renewed] : Ordered(renewed);
        return machines.SequenceEqual(place.Machines) ? place : Place(place.Place, machines);
    }

    private static PlaceGroup[] Ordered(IEnumerable<PlaceGroup> places) =>
        [.. places.OrderByDescending(place => place.Condition).ThenBy(place => place.Place, StringComparer.OrdinalIgnoreCase)];

    private static MachineGroup[] Ordered(IEnumerable<MachineGroup> machines) =>
        [.. machines.OrderByDescending(machine => machine.Condition).ThenBy(machine => machine.Machine, StringComparer.OrdinalIgnoreCase)];

    private static PlaceGroup Place(string name, MachineGroup[] machines) => new(name, machines.Max(machine => machine.Condition), machines);

    private static MachineGroup Machine(string name, IEnumerable<SensorStatus> sensors)
    {
        SensorStatus[] ordered = [.. sensors.OrderByDescending(status => status.Condition).ThenBy(status => status.Sensor.SensorId, StringComparer.Ordinal)];
        return new(name, ordered[0].Condition, ordered);
    }

    private static bool Passes(SensorView sensor, string text, string? place) =>
        (place is null || sensor.Location.Place == place)
        && (text.Length == 0
            || sensor.SensorId.Contains(text, StringComparison.OrdinalIgnoreCase)
            || sensor.Location.Machine.Contains(text, StringComparison.OrdinalIgnoreCase));
}
