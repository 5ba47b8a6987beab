using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Live;

/// <summary>
/// A browser's view of the fleet: a snapshot merged with live messages. Messages received before the snapshot may be applied after it, any number of
/// times: those already covered are recognised by their numbers. Not thread-safe.
/// </summary>
public sealed class FleetView
{
    private readonly Dictionary<string, SensorView> _sensors = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Alert> _openAlerts = [];
    // While a backlog of hours is processed in minutes, two sensors on schedule may be this far apart.
    private static readonly TimeSpan Spread = TimeSpan.FromHours(1);

    private long _journalPosition;

    /// <summary>Starts from <paramref name="snapshot"/>.</summary>
    public FleetView(FleetSnapshot snapshot)
    {
        foreach (var sensor in snapshot.Sensors)
            _sensors[sensor.SensorId] = new SensorView(sensor);
        foreach (var alert in snapshot.OpenAlerts)
            _openAlerts[alert.Id] = alert;
        _journalPosition = snapshot.JournalPosition;
        Status = snapshot.Status;
    }

    /// <summary>All sensors.</summary>
    public IReadOnlyCollection<SensorView> Sensors => _sensors.Values;

    /// <summary>All open alerts.</summary>
    public IReadOnlyCollection<Alert> OpenAlerts => _openAlerts.Values;

    /// <summary>Position of the last journal entry that <see cref="OpenAlerts"/> show.</summary>
    public long JournalPosition => _journalPosition;

    /// <summary>Number of sensors whose level no rule compares with a threshold.</summary>
    public int NotEvaluated => _sensors.Values.Count(sensor => !sensor.IsEvaluated);

    /// <summary>State of the server.</summary>
    public ServerStatus Status { get; private set; }

    /// <summary>
    /// Clock for evaluating silence: during a backlog all sensors are behind <paramref name="now"/>, and only those far behind the others are silent.
    /// </summary>
    public DateTimeOffset SilenceClock(DateTimeOffset now) => Status.Backlog is { } backlog ? backlog.Reached - Spread : now;

    /// <summary>The sensor with that id, or null.</summary>
    public SensorView? Sensor(string sensorId) => _sensors.GetValueOrDefault(sensorId);

    /// <summary>Other sensors whose id differs from this one in case only: probably the same sensor, sent by two senders.</summary>
    public IEnumerable<SensorView> SameButForCase(string sensorId) =>
        _sensors.Values.Where(other => other.SensorId.Length == sensorId.Length && other.SensorId != sensorId && string.Equals(other.SensorId, sensorId, StringComparison.OrdinalIgnoreCase));

    /// <summary>Open alerts by descending severity, then unacknowledged first, then newest first.</summary>
    public IEnumerable<Alert> AlertsByUrgency() => _openAlerts.Values
        .OrderByDescending(alert => alert.Severity)
        .ThenBy(alert => !alert.IsUnacknowledged)
        .ThenBy(alert => alert.State)
        .ThenByDescending(alert => alert.Id);

    /// <summary>Merges ticks.</summary>
    /// <returns>False when the ticks show that earlier ones were missed: fetch a new snapshot.</returns>
    public bool Apply(SensorTick[] ticks)
    {
        var complete = true;
        foreach (var tick in ticks)
        {
            if (_sensors.TryGetValue(tick.SensorId, out var sensor))
                complete &= sensor.Apply(tick);
            else
                complete = false;
        }

        return complete;
    }

    /// <summary>Merges new sensors and changed facts.</summary>
    public void Apply(SensorSnapshot[] sensors)
    {
        foreach (var snapshot in sensors)
        {
            if (!_sensors.TryGetValue(snapshot.SensorId, out var known) || (known.Sequence <= snapshot.Sequence && !known.Apply(snapshot)))
                _sensors[snapshot.SensorId] = new SensorView(snapshot);
        }
    }

    /// <summary>Removes sensors that were deleted or have another id now. Their alerts may have moved: fetch a new snapshot.</summary>
    public void Remove(string[] sensorIds)
    {
        foreach (var sensorId in sensorIds)
            _sensors.Remove(sensorId);
        foreach (var alert in _openAlerts.Values.Where(alert => sensorIds.Contains(alert.SensorId)).ToArray())
            _openAlerts.Remove(alert.Id);
    }

    /// <summary>Merges alert changes.</summary>
    /// <returns>False when journal entries before these were missed: fetch a new snapshot.</returns>
    public bool Apply(AlertChange[] changes)
    {
        foreach (var (transition, alert) in changes)
        {
            if (transition.Position <= _journalPosition)
                continue;
            if (transition.Position > _journalPosition + 1)
                return false;
            _journalPosition = transition.Position;
            if (alert.IsOpen)
                _openAlerts[alert.Id] = alert;
            else
                _openAlerts.Remove(alert.Id);
        }

        return true;
    }

    /// <summary>Passes journal entries that concern other places.</summary>
    /// <returns>False when journal entries before these were missed: fetch a new snapshot.</returns>
    public bool Apply(JournalSpan passed)
    {
        if (passed.First > _journalPosition + 1)
            return false;
        _journalPosition = Math.Max(_journalPosition, passed.Last);
        return true;
    }

    /// <summary>Replaces the state of the server.</summary>
    public void Apply(ServerStatus status) => Status = status;
}
