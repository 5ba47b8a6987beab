using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.People;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Live;

/// <summary>
/// What clients with the same limit to places get of each message. Knows where the sensors are as the messages before told, so that it is asked for each message
/// once, in order. It shows nothing before <see cref="Begin"/>. Not thread-safe.
/// </summary>
/// <param name="limit">The limit.</param>
/// <param name="live">Where the sensors are.</param>
internal sealed class PlaceView(PlaceLimit limit, LiveState live)
{
    // Of every sensor, whether it is at the places.
    private readonly Dictionary<string, bool> _sensors = new(StringComparer.Ordinal);

    /// <summary>The limit.</summary>
    public PlaceLimit Limit => limit;

    /// <summary>True once it knows where the sensors are.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Number of clients that it serves.</summary>
    public int Clients { get; set; }

    /// <summary>Learns where the sensors are.</summary>
    public void Begin()
    {
        foreach (var (sensorId, location) in live.Locations())
            _sensors[sensorId] = limit.Covers(location);
        HasBegun = true;
    }

    /// <summary>True when a sensor is at the places. The message with a new one may come after that with its alert.</summary>
    public bool Sees(string sensorId) => _sensors.TryGetValue(sensorId, out var isThere) ? isThere : limit.Covers(live.LocationOf(sensorId));

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
    /// <param name="moved">The sensors that came to the places or left them: the client fetches anew, since their alerts were not shown, or are no longer.</param>
    public SensorSnapshot[] Of(SensorSnapshot[] sensors, out string[] moved)
    {
        var (seen, passed) = (new List<SensorSnapshot>(), new List<string>());
        foreach (var sensor in sensors)
        {
            var isThere = limit.Covers(sensor.Facts.Location);
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
        Runs(changes, change => limit.Shows(change.Alert.SensorId, null) || Sees(change.Alert.SensorId), change => change.Transition.Position);

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
