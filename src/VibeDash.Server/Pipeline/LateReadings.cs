using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// The late-arriving readings of a transaction. Once all are stored, each affected sensor is re-evaluated from before its earliest late-arriving
/// reading up to its latest reading: those ahead of the clock are not among them.
/// </summary>
internal sealed class LateReadings(PipelineState state, StorageSession storage, ChangeSet changes, AlertChanges alerts, JournalWriter journal)
{
    /// <summary>Maximum readings of a re-evaluation. With more, the alerts of the sensor stay unchanged.</summary>
    public const int Maximum = 100_000;

    private readonly Dictionary<SensorState, DateTimeOffset> _first = [];

    /// <summary>Adds a late-arriving reading.</summary>
    public void Add(SensorState sensor, DateTimeOffset timestamp)
    {
        if (!_first.TryGetValue(sensor, out var first) || timestamp < first)
            _first[sensor] = timestamp;
    }

    /// <summary>Re-evaluates the sensors.</summary>
    public void Evaluate()
    {
        foreach (var (sensor, first) in _first)
            Evaluate(sensor, first);
    }

    /// <summary>Re-evaluates a sensor now.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="first">Event time of the first reading whose findings may be missing on record.</param>
    public void Evaluate(SensorState sensor, DateTimeOffset first)
    {
        // The sensor's clock went back since: this reading waits now, like all those ahead.
        if (first > sensor.Latest.Timestamp)
            return;

        var from = storage.Readings.LookBackFrom(sensor.Stored, first, state.Book.LookBackReadings, state.Book.LookBackTime);
        var readings = storage.Readings.Between(sensor.Stored, from, sensor.Latest.Timestamp, Maximum + 1);
        if (readings.Count > Maximum)
            return;

        var before = sensor.Watch.Alerts;
        sensor.Watch.Reevaluate(
            [.. readings.Where(reading => reading.Unit == sensor.Latest.Unit).Select(reading => sensor.ToEvaluate(reading))],
            first, Recorded(sensor.SensorId, from), journal);
        alerts.Note(sensor.Watch, before);
    }

    // Merges the entries of this transaction, which are not written yet.
    private List<AlertSpan> Recorded(string sensorId, DateTimeOffset since)
    {
        var recorded = storage.Context.Alerts.AsNoTracking()
            .Where(alert => alert.SensorId == sensorId && (alert.IsActive || alert.ClearedAt >= since))
            .AsEnumerable().Select(row => row.ToAlert()).ToDictionary(alert => alert.Id);
        foreach (var change in changes.Journal)
        {
            if (change.Alert.SensorId == sensorId)
                recorded[change.Alert.Id] = change.Alert;
        }

        return [.. recorded.Values.Where(alert => alert.RaisedAt is not null).Select(alert =>
            new AlertSpan(alert.Kind, alert.Severity, alert.RaisedAt!.Value, alert.Facts.IsActive ? null : alert.ClearedAt))];
    }
}
