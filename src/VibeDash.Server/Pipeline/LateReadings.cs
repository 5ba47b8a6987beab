using VibeDash.Core.Alerts;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// The readings of a transaction that are older than what their sensor had shown: once they are all there, each such sensor is judged anew from before
/// the first of them, with all that has come since.
/// </summary>
internal sealed class LateReadings(LoopState state, EventWriter writer, Commit commit, AlertChanges changes, JournalWriter journal)
{
    /// <summary>Most readings that are judged anew; of a sensor that has sent more since, what was found stays as it was.</summary>
    public const int Most = 100_000;

    private readonly Dictionary<SensorState, DateTimeOffset> _first = [];

    /// <summary>Takes note of a late reading.</summary>
    public void Add(SensorState sensor, DateTimeOffset timestamp)
    {
        if (!_first.TryGetValue(sensor, out var first) || timestamp < first)
            _first[sensor] = timestamp;
    }

    /// <summary>Judges anew.</summary>
    public void Judge()
    {
        foreach (var (sensor, first) in _first)
        {
            var from = writer.LookBackFrom(sensor, first, state.Book);
            var readings = writer.ReadingsFrom(sensor, from, Most + 1);
            if (readings.Count > Most)
                continue;

            var before = sensor.Watch.Alerts;
            sensor.Watch.JudgeAnew(
                [.. readings.Where(reading => reading.Unit == sensor.Latest.Unit).Select(reading => sensor.Judged(reading))],
                first, Recorded(sensor.Latest.SensorId, from), journal);
            changes.Note(sensor, before);
        }
    }

    // What this transaction has found so far is not written yet.
    private List<AlertSpan> Recorded(string sensorId, DateTimeOffset since)
    {
        var alerts = writer.AlertsSince(sensorId, since).ToDictionary(alert => alert.Id);
        foreach (var change in commit.Journal)
        {
            if (change.Alert.SensorId == sensorId)
                alerts[change.Alert.Id] = change.Alert;
        }

        return [.. alerts.Values.Where(alert => alert.RaisedAt is not null).Select(alert =>
            new AlertSpan(alert.Kind, alert.Severity, alert.RaisedAt!.Value, alert.Facts.IsActive ? null : alert.ClearedAt))];
    }
}
