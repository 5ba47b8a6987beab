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
            LoadedAt = now,
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
        var sent = new Dictionary<Sender, List<DateTimeOffset>>();

        // Needs no transaction: the event loop is the only writer, and it waits for this.
        using var stored = StoredReadings.Open(context);
        var units = context.SensorUnits.AsNoTracking().AsEnumerable().ToLookup(row => row.SensorKey);
        state.LastSensorKey = context.RemovedSensors.Max(sensor => (int?)sensor.Key) ?? 0;
        foreach (var row in context.Sensors.AsNoTracking().OrderBy(sensor => sensor.Key).ToArray())
        {
            state.LastSensorKey = Math.Max(state.LastSensorKey, row.Key);
            if (Add(stored, row, [.. units[row.Key]], state, alerts[row.SensorId], cycles[row.SensorId], now) is not { } added)
            {
                state.Awaited[row.SensorId] = row;
                continue;
            }

            sparklines[row.SensorId] = added.Sparkline;
            if (added.Sensor.Sender is { } sender)
            {
                if (!sent.TryGetValue(sender, out var times))
                    sent[sender] = times = [];
                times.AddRange(added.Readings.Select(reading => reading.Timestamp).Where(at => at <= now));
            }
        }

        foreach (var alias in context.SensorAliases.AsNoTracking().Join(context.Sensors, alias => alias.SensorKey, sensor => sensor.Key, (alias, sensor) => new { alias.Alias, sensor.SensorId }))
            state.Aliases[alias.Alias] = alias.SensorId;
        state.Outages.Begin(
            [.. context.Listening.AsNoTracking().OrderBy(row => row.Since)],
            state.Sensors.Count == 0 ? null : state.Sensors.Values.Max(sensor => sensor.Latest.Timestamp));
        foreach (var sensor in state.Sensors.Values)
        {
            sensor.ArrivedAt = ArrivedAt(sensor, sensor.Latest.Timestamp, sensor.Watch.SilenceLimit(null), state.Outages);
            if (sensor.Sender is { } sender && sent.Remove(sender, out var times))
            {
                // Its messages without a reading are not stored.
                foreach (var at in times.Order())
                    sender.Hear(at);
                sender.Estimate(ArrivedAt(sensor, sender.HeardAt, sensor.Watch.SilenceLimit(sender), state.Outages));
            }
        }

        LoadCommon(context, state, now);
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
        SensorUnitRow[] units = [.. context.SensorUnits.AsNoTracking().Where(unit => unit.SensorKey == key)];
        var (sensor, sparkline, _) = Add(stored, row, units, state, [.. alerts], Cycles(context, state.Numbers.LastPosition)[row.SensorId], now)
            ?? throw new InvalidOperationException($"Sensor {row.SensorId} has no readings.");
        return (sensor, sparkline);
    }

    // Null for a sensor that has not sent anything.
    private static (SensorState Sensor, Sparkline Sparkline, IReadOnlyList<Reading> Readings)? Add(
        StoredReadings stored,
        SensorRow row,
        SensorUnitRow[] units,
        PipelineState state,
        IEnumerable<Alert> alerts,
        IEnumerable<(ConditionKind Kind, AlertTransition Transition)> cycles,
        DateTimeOffset now)
    {
        var lookBack = Math.Max(Sparkline.Capacity, state.Book.LookBackReadings);
        var readings = stored.LookBack(row.Key, row.SensorId, lookBack, state.Book.LookBackTime);
        if (readings.Count == 0 && stored.FirstBad(row.Key, row.SensorId, DateTimeOffset.MinValue) is { } first)
            readings = [first];
        if (readings.Count == 0)
            return null;

        // Readings that waited may be in the past meanwhile, and others ahead, because the server's clock was set back or the sensor's clock is fast.
        var newest = readings[^1].Timestamp;
        var waitingFrom = row.WaitingFrom <= now ? row.WaitingFrom : newest > now ? now.AddMicroseconds(1) : row.WaitingFrom;
        if (newest >= waitingFrom && readings[^1].IsGood)
        {
            readings = stored.LookBack(row.Key, row.SensorId, lookBack, state.Book.LookBackTime, before: waitingFrom);

            // A sensor has a latest reading, even if all of them are ahead.
            if (readings.Count == 0)
                readings = stored.From(row.Key, row.SensorId, DateTimeOffset.MinValue, maximum: 1);
        }

        var sensor = Sensor(stored, row, units, readings, state, alerts);
        state.Sensors[row.SensorId] = sensor;
        if (stored.FirstBad(row.Key, row.SensorId, sensor.Latest.Timestamp) is { } bad)
        {
            sensor.SetAside(bad);
            sensor.ShowsQuality = true;
        }

        if (newest > sensor.Latest.Timestamp)
        {
            // Some may have been evaluated, when the sensor's clock seemed to be faster.
            (sensor.WaitingFrom, sensor.EvaluatedUntil) = (stored.NextAfter(row.Key, row.SensorId, sensor.Latest.Timestamp), newest);
            sensor.WaitingLead = newest - now;
            sensor.ShownOffset = sensor.WaitingLead > SensorClock.Tolerance ? sensor.WaitingLead : TimeSpan.Zero;
            state.Waiting.Add(sensor);
        }

        foreach (var (kind, transition) in cycles)
            sensor.Watch.Recall(kind, transition);
        foreach (var alert in sensor.Watch.Alerts)
            state.SensorOfOpenAlert[alert.Id] = alert.SensorId;

        var sparkline = new Sparkline();
        foreach (var reading in sensor.InUnit(readings.TakeLast(Sparkline.Capacity).Where(reading => reading.IsGood)))
            sparkline.Add(reading.Timestamp, reading.Level);
        return (sensor, sparkline, readings);
    }

    private static void LoadCommon(VibeDashContext context, PipelineState state, DateTimeOffset now)
    {
        // A sensor whose silence was told in common belongs to the latest that covers it, though that may have ended.
        Alert[] all = [.. context.Alerts.AsNoTracking().Where(alert => EF.Functions.Like(alert.SensorId, "%/%")).OrderByDescending(alert => alert.Id).AsEnumerable().Select(alert => alert.ToAlert())];
        foreach (var alert in all.DistinctBy(alert => alert.SensorId))
        {
            state.Common[alert.SensorId] = new(new(alert.SensorId, [], alert.IsOpen ? [alert] : [])) { EndedAt = alert.ClearedAt ?? now };
            if (alert.IsOpen)
                state.SensorOfOpenAlert[alert.Id] = alert.SensorId;
        }

        foreach (var sensor in state.Sensors.Values)
        {
            var subjects = CommonSilences.SubjectsOf(sensor).ToArray();
            if (Array.Find(all, alert => subjects.Contains(alert.SensorId)) is { } alert
                && sensor.Watch.ResumeToldBy(alert.SensorId, CommonSilences.WasPartOf(sensor, state.Common[alert.SensorId])))
                state.Common[alert.SensorId].Members[sensor] = now;
        }

        foreach (var (subject, common) in state.Common.ToArray())
        {
            if (common.Members.Count == 0 && common.Alert is null)
                state.Common.Remove(subject);
        }
    }

    // The time of arrival is not stored. A silence that would have been told before the restart, and was not, is that of a clock that is slow: so much of
    // it counts that the sensor has the time as after an outage.
    private static DateTimeOffset ArrivedAt(SensorState sensor, DateTimeOffset latest, double? silenceLimit, Outages outages)
    {
        if (outages.ListenedUntil is not { } until || sensor.Watch.Find(ConditionKind.NoData) is { Facts.IsActive: true } || silenceLimit is not { } limit)
            return latest;
        var silence = until - latest - outages.Missed(latest);
        return silence.TotalSeconds > limit ? latest + silence - TimeSpan.FromSeconds(limit) : latest;
    }

    private static SensorState Sensor(
        StoredReadings stored, SensorRow row, SensorUnitRow[] units, IReadOnlyList<Reading> readings, PipelineState state, IEnumerable<Alert> alerts)
    {
        var facts = new SensorFacts(row.Location, row.Model, row.CalibrationDate, row.Source, row.Version);
        var (labels, runLevel) = (row.StoredLabels(), row.StoredRunLevel());
        var sensor = new SensorState(new(row.Key, row.SensorId, units.MaxBy(unit => unit.From)?.Unit ?? readings[^1].Unit) { Units = units.Length }, facts, readings[^1])
        {
            Watch = state.Watch(row.SensorId, facts, labels, readings[^1].Unit, alerts, runLevel),
            Machine = state.Machines.Of(row.SensorId, facts),
            Sender = row.Sender is { } sender ? state.SenderOf(sender) : null,
            OfflineSince = row.OfflineSince,
            Labels = labels,
            Baseline = row.StoredBaseline(),
            RunLevel = runLevel,
        };
        sensor.StartLearning();
        if (sensor.Learner is not null)
        {
            foreach (var learned in stored.Each(row.Key, row.SensorId, sensor.Baseline!.At, to: sensor.Latest.Timestamp))
                sensor.Recall(learned);
        }

        foreach (var reading in sensor.InUnit(readings.Where(reading => reading.IsGood)))
            sensor.Watch.Count(sensor.ToEvaluate(reading));
        sensor.Watch.Resume(sensor.Machine?.History ?? MachineHistory.Empty);
        sensor.ShownUnconfirmed = sensor.Watch.IsCriticalUnconfirmed;
        sensor.Limits = sensor.LimitsNow();
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
