using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Pipeline;

/// <summary>Reads back what the event loop and the live view need to go on where the last commit left off.</summary>
internal static class StateLoader
{
    // A window or hold duration of a fast sensor may hold many readings; beyond this the oldest of them do not count after a restart.
    private const int MostLookBack = 10_000;

    private const int MostCycles = 10_000;

    /// <summary>Loads the state, and the sparkline of each sensor.</summary>
    /// <param name="context">The database.</param>
    /// <param name="hearsMachines">False when no source says any more whether machines run: what was said last would hold for ever.</param>
    /// <param name="chattering">From when on an alert is chattering; null is the usual.</param>
    public static (LoopState State, Dictionary<string, Sparkline> Sparklines) Load(
        VibeDashContext context, bool hearsMachines = true, ChatteringLimit? chattering = null)
    {
        var state = new LoopState
        {
            Book = new(context.AlertRules.AsNoTracking().Where(rule => rule.IsCurrent).AsEnumerable().Select(rule => rule.ToRule())),
            OutOfService = [.. context.OutOfService.AsNoTracking().Where(entry => entry.ReturnedAt == null).AsEnumerable().Select(row => row.ToOutOfService())],
            LastOutOfServiceId = context.OutOfService.Max(entry => (long?)entry.Id) ?? 0,
            Numbers = new JournalNumbers(
                context.Alerts.Max(alert => (long?)alert.Id) ?? 0,
                context.AlertTransitions.Max(transition => (long?)transition.Position) ?? 0),
            DeadLetters = DeadLetters(context),
            Chattering = chattering ?? ChatteringLimit.Usual,
        };
        foreach (var words in hearsMachines ? context.MachineStates.AsNoTracking().OrderBy(row => row.At).AsEnumerable().GroupBy(row => (row.Name, row.IsSensor)) : [])
            state.Machines.Add(new(words.Key.Name, words.Key.IsSensor)).History = new(words.Select(row => new MachineWord(row.At, row.Runs)));
        var alerts = context.Alerts.AsNoTracking().Where(alert => alert.State != AlertState.Normal)
            .AsEnumerable().Select(alert => alert.ToAlert()).ToLookup(alert => alert.SensorId);
        var cycles = Cycles(context, state.Numbers.LastPosition);
        var sparklines = new Dictionary<string, Sparkline>(StringComparer.Ordinal);

        // Nobody writes meanwhile: the event loop, which is the only one, waits for this.
        context.Database.OpenConnection();
        using var stored = new StoredReadings((SqliteConnection)context.Database.GetDbConnection());
        foreach (var row in context.Sensors.AsNoTracking().OrderBy(sensor => sensor.Key).ToArray())
        {
            state.LastSensorKey = row.Key;
            var readings = LatestReadings(stored, row.Key, row.SensorId, state.Book, least: Sparkline.Capacity);
            if (readings.Count == 0)
                continue;

            var sensor = Sensor(stored, row, readings, state, alerts[row.SensorId]);
            state.Sensors[row.SensorId] = sensor;
            foreach (var (kind, transition) in cycles[row.SensorId])
                sensor.Watch.Recall(kind, transition);
            foreach (var alert in sensor.Watch.Alerts)
                state.SensorOfOpenAlert[alert.Id] = alert.SensorId;

            var sparkline = new Sparkline();
            foreach (var reading in readings.TakeLast(Sparkline.Capacity))
                sparkline.Add(reading.Timestamp, reading.Level);
            sparklines[row.SensorId] = sparkline;
        }

        state.Outages.Begin(state.Sensors.Count == 0 ? null : state.Sensors.Values.Max(sensor => sensor.Latest.Timestamp));
        return (state, sparklines);
    }

    /// <summary>The latest readings of a sensor, oldest first: as many as the rules look back, and at least <paramref name="least"/>.</summary>
    public static IReadOnlyList<Reading> LatestReadings(StoredReadings stored, int sensorKey, string sensorId, RuleBook book, int least)
    {
        var latest = stored.Latest(sensorKey, sensorId, DateTimeOffset.MaxValue, Math.Max(least, book.LookBackReadings));
        if (latest.Count == 0 || book.LookBackTime == TimeSpan.Zero || latest[^1].Timestamp - latest[0].Timestamp >= book.LookBackTime)
            return latest;
        var inTime = stored.Latest(sensorKey, sensorId, DateTimeOffset.MaxValue, MostLookBack, since: latest[^1].Timestamp - book.LookBackTime);
        return inTime.Count > latest.Count ? inTime : latest;
    }

    private static SensorState Sensor(StoredReadings stored, SensorRow row, IReadOnlyList<Reading> readings, LoopState state, IEnumerable<Alert> alerts)
    {
        var facts = new SensorFacts(row.Location, row.Model, row.CalibrationDate, row.Source, row.Version);
        string[] labels = row.Labels?.Split('\n') ?? [];
        var sensor = new SensorState(row.Key, facts, readings[^1])
        {
            Watch = state.Watch(row.SensorId, facts, labels, readings[^1].Unit, alerts),
            Machine = state.Machines.Of(row.SensorId, facts),
            OfflineSince = row.OfflineSince,
            Labels = labels,
            Baseline = row.BaselineSource is { } source
                ? new(source, row.Baseline, row.BaselineUnit!, row.BaselineAt!.Value, row.BaselineBy) { Deviation = row.BaselineDeviation }
                : null,
        };
        if (sensor.Baseline is { IsLearning: true, At: var from })
        {
            sensor.Learner = new();
            foreach (var learned in stored.From(row.Key, row.SensorId, from, int.MaxValue))
            {
                // As they were learned from when they came.
                if (learned.Unit == sensor.Baseline.Unit && sensor.Watch.IsRunning(learned.Level, sensor.Machine?.History.At(learned.Timestamp).Runs ?? true))
                    sensor.Learner.Add(learned.Timestamp, learned.Level);
            }
        }

        foreach (var reading in readings.Where(reading => reading.Unit == sensor.Latest.Unit))
            sensor.Watch.Count(sensor.Judged(reading));
        sensor.Watch.Resume(sensor.Machine?.History.Latest ?? MachineState.Unknown);
        return sensor;
    }

    // Chattering is many entries in a short time: it is at the end of the journal, or it is over.
    private static ILookup<string, (ConditionKind Kind, AlertTransition Transition)> Cycles(VibeDashContext context, long lastPosition) => context.AlertTransitions.AsNoTracking()
        .Where(row => row.Position > lastPosition - MostCycles && (row.Trigger == AlertTrigger.Raised || row.Trigger == AlertTrigger.Cleared))
        .Join(context.Alerts.AsNoTracking(), row => row.AlertId, alert => alert.Id, (row, alert) => new { Row = row, alert.SensorId, alert.Kind })
        .OrderBy(entry => entry.Row.Position)
        .AsEnumerable().ToLookup(entry => entry.SensorId, entry => (entry.Kind, entry.Row.ToTransition()));

    // Ids of letters that are gone are not given again: somebody may still look at them.
    private static DeadLetterTotals DeadLetters(VibeDashContext context) => new(
        context.Database.SqlQuery<long>($"SELECT seq AS Value FROM sqlite_sequence WHERE name = 'DeadLetters'").AsEnumerable().FirstOrDefault(),
        context.DeadLetters.Count(),
        context.DeadLetters.Sum(letter => letter.KeptBytes),
        context.DeadLetters.OrderBy(letter => letter.ReceivedAt).Select(letter => (DateTimeOffset?)letter.ReceivedAt).FirstOrDefault());
}
