using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Pipeline;

/// <summary>Loads the state of the event loop and the sparklines of the live view from the last commit.</summary>
internal static class StateLoader
{
    private const int MaximumCycles = 10_000;

    /// <summary>Loads the state, and the sparkline of each sensor.</summary>
    /// <param name="context">The database.</param>
    /// <param name="now">Server time: later readings are ahead, and wait for it.</param>
    /// <param name="expectsMachineStates">False when no source reports machine states any more: the last reported state would never end.</param>
    /// <param name="chattering">The chattering limit; null for <see cref="ChatteringLimit.Usual"/>.</param>
    public static (PipelineState State, Dictionary<string, Sparkline> Sparklines) Load(
        VibeDashContext context, DateTimeOffset now, bool expectsMachineStates = true, ChatteringLimit? chattering = null)
    {
        var state = new PipelineState
        {
            Book = new(context.AlertRules.AsNoTracking().Where(rule => rule.IsCurrent).AsEnumerable().Select(rule => rule.ToRule())),
            OutOfService = [.. context.OutOfService.AsNoTracking().Where(entry => entry.ReturnedAt == null)],
            LastOutOfServiceId = context.OutOfService.Max(entry => (long?)entry.Id) ?? 0,
            Numbers = new JournalNumbers(
                context.Alerts.Max(alert => (long?)alert.Id) ?? 0,
                context.AlertTransitions.Max(transition => (long?)transition.Position) ?? 0),
            DeadLetters = DeadLetterTotals.Of(context),
            LastAlertChange = LastAlertChange(context),
            LastNoteChange = context.NoteChanges.AsNoTracking().OrderByDescending(change => change.Position).FirstOrDefault()?.ToChange(),
            Chattering = chattering ?? ChatteringLimit.Usual,
        };
        foreach (var entries in expectsMachineStates ? context.MachineStates.AsNoTracking().OrderBy(row => row.At).AsEnumerable().GroupBy(row => (row.Name, row.IsSensor)) : [])
            state.Machines.Add(new(entries.Key.Name, entries.Key.IsSensor)).History = new(entries.Select(row => new MachineStateEntry(row.At, row.Runs)));
        var alerts = context.Alerts.AsNoTracking().Where(alert => alert.State != AlertState.Normal)
            .AsEnumerable().Select(alert => alert.ToAlert()).ToLookup(alert => alert.SensorId);
        var cycles = Cycles(context, state.Numbers.LastPosition);
        var sparklines = new Dictionary<string, Sparkline>(StringComparer.Ordinal);

        // Needs no transaction: the event loop is the only writer, and it waits for this.
        using var stored = StoredReadings.Open(context);
        state.LastSensorKey = context.RemovedSensors.Max(sensor => (int?)sensor.Key) ?? 0;
        foreach (var row in context.Sensors.AsNoTracking().OrderBy(sensor => sensor.Key).ToArray())
        {
            state.LastSensorKey = Math.Max(state.LastSensorKey, row.Key);
            if (Add(stored, row, state, alerts[row.SensorId], cycles[row.SensorId], now) is { } added)
                sparklines[row.SensorId] = added.Sparkline;
        }
        foreach (var alias in context.SensorAliases.AsNoTracking().Join(context.Sensors, alias => alias.SensorKey, sensor => sensor.Key, (alias, sensor) => new { alias.Alias, sensor.SensorId }))
            state.Aliases[alias.Alias] = alias.SensorId;
        state.Outages.Begin(state.Sensors.Count == 0 ? null : state.Sensors.Values.Max(sensor => sensor.Latest.Timestamp));
        return (state, sparklines);
    }

    /// <summary>Loads one sensor anew after its rows have changed, and adds it to the state.</summary>
    /// <param name="context">The database, in the transaction of the event loop.</param>
    /// <param name="state">The state, without the sensor.</param>
    /// <param name="key">The sensor.</param>
    /// <param name="now">Server time.</param>
    public static (SensorState Sensor, Sparkline Sparkline) Reload(VibeDashContext context, PipelineState state, int key, DateTimeOffset now)
    {
        var row = context.Sensors.AsNoTracking().First(sensor => sensor.Key == key);
        var alerts = context.Alerts.AsNoTracking().Where(alert => alert.SensorId == row.SensorId && alert.State != AlertState.Normal).AsEnumerable().Select(alert => alert.ToAlert());
        using var stored = StoredReadings.Open(context);
        return Add(stored, row, state, [.. alerts], Cycles(context, state.Numbers.LastPosition)[row.SensorId], now) ?? throw new InvalidOperationException($"Sensor {row.SensorId} has no readings.");
    }

    private static (SensorState Sensor, Sparkline Sparkline)? Add(
        StoredReadings stored, SensorRow row, PipelineState state, IEnumerable<Alert> alerts, IEnumerable<(ConditionKind Kind, AlertTransition Transition)> cycles, DateTimeOffset now)
    {
        var lookBack = Math.Max(Sparkline.Capacity, state.Book.LookBackReadings);
        var readings = stored.LookBack(row.Key, row.SensorId, lookBack, state.Book.LookBackTime);
        if (readings.Count == 0)
            return null;

        // Readings that waited may be in the past meanwhile, and others ahead, because the server's clock was set back or the sensor's clock is fast.
        var newest = readings[^1].Timestamp;
        var waitingFrom = row.WaitingFrom <= now ? row.WaitingFrom : newest > now ? now.AddMicroseconds(1) : row.WaitingFrom;
        if (newest >= waitingFrom)
        {
            readings = stored.LookBack(row.Key, row.SensorId, lookBack, state.Book.LookBackTime, before: waitingFrom);

            // A sensor has a latest reading, even if all of them are ahead.
            if (readings.Count == 0)
                readings = stored.From(row.Key, row.SensorId, DateTimeOffset.MinValue, maximum: 1);
        }

        var sensor = Sensor(stored, row, readings, state, alerts);
        state.Sensors[row.SensorId] = sensor;
        if (newest > sensor.Latest.Timestamp)
        {
            // Some may have been evaluated, when the sensor's clock seemed to be faster.
            (sensor.WaitingFrom, sensor.EvaluatedUntil) = (stored.NextAfter(row.Key, row.SensorId, sensor.Latest.Timestamp), newest);
            sensor.WaitingLead = newest - now;
            sensor.ShownLead = sensor.WaitingLead > SensorClock.Tolerance ? sensor.WaitingLead : TimeSpan.Zero;
            state.Waiting.Add(sensor);
        }

        foreach (var (kind, transition) in cycles)
            sensor.Watch.Recall(kind, transition);
        foreach (var alert in sensor.Watch.Alerts)
            state.SensorOfOpenAlert[alert.Id] = alert.SensorId;

        var sparkline = new Sparkline();
        foreach (var reading in readings.TakeLast(Sparkline.Capacity))
            sparkline.Add(reading.Timestamp, reading.Level);
        return (sensor, sparkline);
    }

    private static SensorState Sensor(StoredReadings stored, SensorRow row, IReadOnlyList<Reading> readings, PipelineState state, IEnumerable<Alert> alerts)
    {
        var facts = new SensorFacts(row.Location, row.Model, row.CalibrationDate, row.Source, row.Version);
        string[] labels = row.Labels?.Split('\n') ?? [];
        var sensor = new SensorState(new(row.Key, row.SensorId), facts, readings[^1])
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
            foreach (var learned in stored.From(row.Key, row.SensorId, from, int.MaxValue, to: sensor.Latest.Timestamp))
            {
                // Same conditions as on arrival.
                if (learned.Unit == sensor.Baseline.Unit && sensor.Watch.IsRunning(learned.Level, sensor.Machine?.History.At(learned.Timestamp).Runs ?? true))
                    sensor.Learner.Add(learned.Timestamp, learned.Level);
            }
        }

        foreach (var reading in readings.Where(reading => reading.Unit == sensor.Latest.Unit))
            sensor.Watch.Count(sensor.ToEvaluate(reading));
        sensor.Watch.Resume(sensor.Machine?.History ?? MachineHistory.Empty);
        return sensor;
    }

    private static AlertChange? LastAlertChange(VibeDashContext context) =>
        context.AlertTransitions.AsNoTracking().OrderByDescending(row => row.Position).FirstOrDefault() is { } last
            ? new(last.ToTransition(), context.Alerts.AsNoTracking().First(alert => alert.Id == last.AlertId).ToAlert())
            : null;

    // Chattering produces many entries in a short time: it is at the end of the journal, or over.
    private static ILookup<string, (ConditionKind Kind, AlertTransition Transition)> Cycles(VibeDashContext context, long lastPosition) => context.AlertTransitions.AsNoTracking()
        .Where(row => row.Position > lastPosition - MaximumCycles && (row.Trigger == AlertTrigger.Raised || row.Trigger == AlertTrigger.Cleared))
        .Join(context.Alerts.AsNoTracking(), row => row.AlertId, alert => alert.Id, (row, alert) => new { Row = row, alert.SensorId, alert.Kind })
        .OrderBy(entry => entry.Row.Position)
        .AsEnumerable().ToLookup(entry => entry.SensorId, entry => (entry.Kind, entry.Row.ToTransition()));
}
