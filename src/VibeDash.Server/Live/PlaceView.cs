using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.People;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// What clients with the same limit to places get of each message. It tracks where the sensors are by the messages already sent, so it must see each message
/// exactly once, in order. Create it before its first client is known to the sender; not thread-safe from then on.
/// </summary>
internal sealed class PlaceView
{
    // Of every sensor, whether it is at the places.
    private readonly Dictionary<string, bool> _sensors = new(StringComparer.Ordinal);
    private readonly LiveState _live;

    /// <summary>Creates a view of the sensors as they are now.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="live">Where the sensors are.</param>
    public PlaceView(PlaceLimit limit, LiveState live)
    {
        (Limit, _live) = (limit, live);
        foreach (var (sensorId, location) in live.Locations())
            _sensors[sensorId] = limit.Covers(location);
    }

    /// <summary>The limit.</summary>
    public PlaceLimit Limit { get; }

    /// <summary>Number of clients that it serves.</summary>
    public int Clients { get; set; }

    /// <summary>True when a sensor is at the places.</summary>
    public bool Sees(string sensorId)
    {
        // The message with a new sensor may come after that with its alert.
        if (!_sensors.TryGetValue(sensorId, out var isThere) && _live.LocationOf(sensorId) is { } location)
            _sensors[sensorId] = isThere = Limit.Covers(location);
        return isThere;
    }

    /// <summary>The ticks of sensors at the places.</summary>
    public SensorTick[] Of(ReadOnlySpan<SensorTick> ticks)
    {
        var seen = new List<SensorTick>();
        foreach (var tick in ticks)
        {
            if (Sees(tick.SensorId))
                seen.Add(tick);
        }

        return [.. seen];
    }

    /// <summary>Those of changed sensors that are at the places.</summary>
    /// <param name="sensors">New and changed sensors.</param>
    /// <param name="moved">The sensors that came to the places or left them. The client must fetch anew: alerts may have come or gone with them.</param>
    public SensorSnapshot[] Of(SensorSnapshot[] sensors, out string[] moved)
    {
        var (seen, passed) = (new List<SensorSnapshot>(), new List<string>());
        foreach (var sensor in sensors)
        {
            var isThere = Limit.Covers(sensor.Facts.Location);
            if (_sensors.TryGetValue(sensor.SensorId, out var was) && was != isThere)
                passed.Add(sensor.SensorId);
            _sensors[sensor.SensorId] = isThere;
            if (isThere)
                seen.Add(sensor);
        }

        moved = [.. passed];
        return [.. seen];
    }

    /// <summary>The removed sensors that were at the places.</summary>
    public string[] OfRemoved(string[] sensorIds) => [.. sensorIds.Where(sensorId => _sensors.Remove(sensorId, out var was) && was)];

    /// <summary>Runs of alert changes, each either to be seen or to be passed over.</summary>
    public IEnumerable<(AlertChange[]? Seen, JournalSpan Passed)> Of(AlertChange[] changes) =>
        Runs(changes, change => Limit.Shows(change.Alert.SensorId, null) || Sees(change.Alert.SensorId), change => change.Transition.Position);

    /// <summary>Runs of note changes, each either to be seen or to be passed over.</summary>
    public IEnumerable<(NoteChange[]? Seen, JournalSpan Passed)> Of(NoteChange[] changes) =>
        Runs(changes, change => Sees(change.Note.SensorId), change => change.Position);

    private static IEnumerable<(T[]? Seen, JournalSpan Passed)> Runs<T>(T[] changes, Func<T, bool> isSeen, Func<T, long> position)
    {
        for (int start = 0, end; start < changes.Length; start = end)
        {
            var seen = isSeen(changes[start]);
            for (end = start + 1; end < changes.Length && isSeen(changes[end]) == seen; end++)
            {
            }

            yield return (seen ? changes[start..end] : null, new(position(changes[start]), position(changes[end - 1])));
        }
    }
}
