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

    // Not stored with the readings.
    private readonly Dictionary<(SensorState Sensor, DateTimeOffset Timestamp), string> _messages = [];

    /// <summary>Adds a late-arriving reading.</summary>
    public void Add(SensorState sensor, DateTimeOffset timestamp, string? message = null)
    {
        if (message is not null)
            _messages[(sensor, timestamp)] = message;
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
        var recorded = Recorded(sensor.SensorId, from);
        var reached = Reached(recorded, from);
        sensor.Watch.Reevaluate(
            [
                .. sensor.InUnit(readings).Select(reading => sensor.ToEvaluate(reading, _messages.GetValueOrDefault((sensor, reading.Timestamp))) with
                {
                    Reached = reached.TryGetValue(reading.Timestamp, out var severity) ? severity : null,
                }),
            ],
            first,
            Spans(recorded, sensor.SensorId, from),
            journal);
        alerts.Note(sensor, before);
    }

    /// <summary>The times of a sensor's alerts on record since a time, with the entries of this transaction, which are not written yet.</summary>
    public List<AlertSpan> SpansOnRecord(string sensorId, DateTimeOffset since) => Spans(Recorded(sensorId, since), sensorId, since);

    // Each time by itself: between two of them the condition did not hold.
    private List<AlertSpan> Spans(IEnumerable<Alert> recorded, string sensorId, DateTimeOffset since)
    {
        var unwritten = changes.Journal.Where(change => change.Alert.SensorId == sensorId).ToLookup(change => change.Alert.Id, change => change.Transition);
        return [.. recorded.SelectMany(alert => AlertSpans.Of(storage.Context, alert, since, DateTimeOffset.MaxValue, Maximum, [.. unwritten[alert.Id]]))];
    }

    // The severities that alerts reached with readings, perhaps without their on-delay.
    private Dictionary<DateTimeOffset, Severity> Reached(IEnumerable<Alert> recorded, DateTimeOffset since)
    {
        long[] ids = [.. recorded.Where(alert => alert.Kind is not (ConditionKind.NoData or ConditionKind.ClockOff)).Select(alert => alert.Id)];
        if (ids.Length == 0)
            return [];
        return storage.Context.AlertTransitions.AsNoTracking()
            .Where(row => ids.Contains(row.AlertId) && row.At >= since && (row.Trigger == AlertTrigger.Raised || row.Trigger == AlertTrigger.Worsened))
            .Select(row => new { row.At, Severity = row.Severity!.Value }).AsEnumerable().Select(row => (row.At, row.Severity))
            .Concat(changes.Journal.Select(change => change.Transition)
                .Where(entry => ids.Contains(entry.AlertId) && entry.At >= since && entry.Trigger is AlertTrigger.Raised or AlertTrigger.Worsened)
                .Select(entry => (entry.At, entry.Evaluation!.Severity)))
            .GroupBy(entry => entry.At).ToDictionary(group => group.Key, group => group.Max(entry => entry.Severity));
    }

    // Merges the entries of this transaction, which are not written yet.
    private Alert[] Recorded(string sensorId, DateTimeOffset since)
    {
        var recorded = storage.Context.Alerts.AsNoTracking()
            .Where(alert => alert.SensorId == sensorId && (alert.IsActive || alert.ClearedAt >= since))
            .AsEnumerable().Select(row => row.ToAlert()).ToDictionary(alert => alert.Id);
        foreach (var change in changes.Journal)
        {
            if (change.Alert.SensorId == sensorId)
                recorded[change.Alert.Id] = change.Alert;
        }

        return [.. recorded.Values];
    }
}
