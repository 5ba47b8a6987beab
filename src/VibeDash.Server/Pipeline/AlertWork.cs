using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Alerts;
using VibeDash.Server.Rules;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>What readings, people and the clock do to alerts, rules and what they depend on, inside a transaction of the event loop, and then the next.</summary>
internal sealed class AlertWork(LoopState state, EventWriter writer, Commit commit)
{
    private readonly AlertChanges _changes = new(state, writer, commit);
    private readonly JournalWriter _journal = new(state.Numbers, commit.Journal);
    private LateReadings? _late;

    /// <summary>Starts a transaction.</summary>
    public void Begin()
    {
        _changes.Begin();
        _late = null;
    }

    /// <summary>Judges the newest reading of a sensor: see <see cref="SensorWatch.Judge"/>.</summary>
    public void Judge(SensorState sensor, in JudgedReading judged, bool gapIsCertain)
    {
        var before = sensor.Watch.Alerts;
        sensor.Watch.Judge(judged, gapIsCertain, _journal);
        _changes.Note(sensor, before);
    }

    /// <summary>Follows what is said of a sensor's machine: see <see cref="SensorWatch.Follow"/>.</summary>
    public void Follow(SensorState sensor, DateTimeOffset at)
    {
        var before = sensor.Watch.Alerts;
        sensor.Watch.Follow(sensor.Machine?.History.Latest ?? MachineState.Unknown, at, _journal);
        _changes.Note(sensor, before);
    }

    /// <summary>Takes note of a reading that came late, or of word of that time.</summary>
    public void Late(SensorState sensor, DateTimeOffset timestamp) => (_late ??= new(state, writer, commit, _changes, _journal)).Add(sensor, timestamp);

    /// <summary>Judges what came late, and writes what changed; call once, before the commit.</summary>
    public void Finish()
    {
        _late?.Judge();
        _changes.Write();
    }

    /// <summary>Does what a person does to alerts.</summary>
    public void Do(AlertCommand command)
    {
        var (action, draft) = (command.Action, command.Action.Draft(command.At));
        if (action is { SensorId: { } sensorId, Kind: { } kind })
        {
            if (!state.Sensors.TryGetValue(sensorId, out var sensor))
            {
                command.Result = [AlertResult.Unknown($"sensor {sensorId}")];
                return;
            }

            var before = sensor.Watch.Alerts;
            var shelved = sensor.Watch.Shelve(kind, draft, _journal);
            _changes.Note(sensor, before);
            command.Result = [new(shelved ?? sensor.Watch.Find(kind), shelved is null ? "It is shelved or out of service already." : null)];
            return;
        }

        command.Result = [.. action.AlertIds.Distinct().Select(alertId => Do(alertId, draft))];
    }

    /// <summary>Adds, changes or deletes a rule; the sensors concerned are judged by it from their next reading on.</summary>
    public void Do(RuleCommand command)
    {
        var known = state.Book.Rules.FirstOrDefault(rule => rule.Id == command.RuleId);
        if (command.RuleId is { } wanted && known is null)
        {
            command.Result = new(null, $"There is no rule {wanted}.");
            return;
        }

        if (command.Rule is { Version: > 0 } seen && known is not null && seen.Version != known.Version)
        {
            command.Result = new(known, $"Somebody has changed the rule meanwhile: it is at version {known.Version}.");
            return;
        }

        if (command.RuleId is null && state.Book.Rules.Count >= AlertRule.MaximumRules)
        {
            command.Result = new(null, $"There are {AlertRule.MaximumRules:N0} rules; no more can be added.");
            return;
        }

        var (version, lastId) = writer.LastRule(command.RuleId ?? 0);
        var rule = command.Rule is { } edited ? edited with { Id = command.RuleId ?? lastId + 1, Version = version + 1 } : null;
        if (rule is null)
            writer.Retire(known!.Id);
        else
            writer.Add(rule, command.At, command.By);

        state.Book = new(state.Book.Rules.Where(other => other.Id != known?.Id).Concat(rule is null ? [] : [rule]));
        commit.Book = state.Book;
        foreach (var sensor in state.Sensors.Values)
            ChangeRules(sensor, command.At);
        command.Result = new(rule, null);
    }

    /// <summary>Takes out of service, or returns.</summary>
    public void Do(OutOfServiceCommand command)
    {
        if (command.Request is { } request)
        {
            var (sensorId, machine) = (Text(request.SensorId), Text(request.Machine));
            if (state.OutOfService.Exists(other => (other.SensorId, other.Machine) == (sensorId, machine)))
            {
                command.Result = new(null, "It is out of service already.");
                return;
            }

            var entry = new OutOfService(++state.LastOutOfServiceId, sensorId, machine, request.Reason.Trim(), command.By.Trim(), command.At, request.ExpectedEnd);
            state.OutOfService.Add(entry);
            writer.Put(entry, isNew: true);
            command.Result = new(entry, null);
            Apply(entry, command.At, command.By);
            return;
        }

        if (state.OutOfService.Find(entry => entry.Id == command.ReturnId) is not { } ended)
        {
            command.Result = new(null, "It is not out of service.");
            return;
        }

        state.OutOfService.Remove(ended);
        ended = ended with { ReturnedAt = command.At, ReturnedBy = command.By.Trim() };
        writer.Put(ended, isNew: false);
        command.Result = new(ended, null);
        Apply(ended, command.At, command.By);
    }

    /// <summary>Changes labels and baseline of a sensor.</summary>
    public void Do(SensorCommand command)
    {
        if (!state.Sensors.TryGetValue(command.SensorId, out var sensor))
        {
            command.Result = $"There is no sensor {command.SensorId}.";
            return;
        }

        var settings = command.Settings;
        if (settings.Labels is { } labels)
            sensor.Labels = [.. labels.Select(label => label.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (settings.BaselineSource is { } source)
        {
            sensor.Baseline = source switch
            {
                BaselineSource.Manual => new(source, settings.Baseline, sensor.Latest.Unit, command.At, settings.By.Trim()),
                BaselineSource.Learned => new(source, null, sensor.Latest.Unit, settings.LearnFrom ?? sensor.Latest.Timestamp, settings.By.Trim()),
                _ => null,
            };
            sensor.Learner = sensor.Baseline is { IsLearning: true } ? new() : null;
            if (sensor.Learner is not null)
                Learn(sensor);
        }

        writer.Update(sensor);
        commit.Facts[sensor.Latest.SensorId] = sensor.Facts;
        commit.Settings[sensor.Latest.SensorId] = sensor.Said();
        ChangeRules(sensor, command.At, always: true);
    }

    /// <summary>Judges silences, and ends what has run out.</summary>
    public void Do(ClockTick tick)
    {
        state.Outages.Observe(tick.Now, tick.ListeningSince);
        foreach (var sensorId in state.SensorOfOpenAlert.Values.Distinct().ToArray())
        {
            var sensor = state.Sensors[sensorId];
            var before = sensor.Watch.Alerts;
            sensor.Watch.EndWhatRanOut(tick.Now, _journal);
            _changes.Note(sensor, before);
        }

        if (tick.PresentSince is not { } present)
            return;
        foreach (var sensor in state.Sensors.Values)
        {
            // By the clock of the sensor, which may be wrong: so long after its latest reading as nothing has arrived.
            var silence = tick.Now - (sensor.ArrivedAt > present ? sensor.ArrivedAt.Value : present);
            if (silence.TotalSeconds <= SensorJudge.LeastSilence && !sensor.Watch.HasFixedSilence)
                continue;
            var before = sensor.Watch.Alerts;
            sensor.Watch.JudgeSilence(sensor.Latest.Timestamp + silence, _journal);
            _changes.Note(sensor, before);
        }
    }

    /// <summary>The rules that apply to a sensor may have changed.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="at">Server time.</param>
    /// <param name="always">True when they are to be counted anew although they are the same.</param>
    public void ChangeRules(SensorState sensor, DateTimeOffset at, bool always = false)
    {
        var rules = state.Book.For(sensor.Latest.SensorId, sensor.Facts, sensor.Labels, sensor.Latest.Unit);
        if (!always && rules.Select(rule => (rule.Rule.Id, rule.Rule.Version)).SequenceEqual(sensor.Watch.Rules.Select(rule => (rule.Rule.Id, rule.Rule.Version))))
            return;

        var before = sensor.Watch.Alerts;
        var latest = writer.LatestReadings(sensor, state.Book).Where(reading => reading.Unit == sensor.Latest.Unit).Select(reading => sensor.Judged(reading));
        sensor.Watch.ChangeRules(rules, latest, at, _journal);
        commit.Facts[sensor.Latest.SensorId] = sensor.Facts;
        _changes.Note(sensor, before);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private AlertResult Do(long alertId, AlertTransition draft)
    {
        if (state.SensorOfOpenAlert.GetValueOrDefault(alertId) is not { } sensorId
            || state.Sensors[sensorId] is not { } sensor
            || sensor.Watch.Alerts.FirstOrDefault(open => open.Id == alertId) is not { } alert)
        {
            var past = _changes.Find(alertId);
            if (past is null)
                return AlertResult.Unknown($"alert {alertId}");

            // What has ended can still be commented on.
            if (_journal.Next(past, draft) is { } comment)
            {
                _journal.Add(comment);
                return new(comment.Alert, null);
            }

            return new(past, $"It has been back to normal since {past.EndedAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
        }

        var before = sensor.Watch.Alerts;
        var after = sensor.Watch.Append(alert, draft, _journal);
        _changes.Note(sensor, before);
        return after is null ? new(alert, Refusal(alert)) : new(after, null);
    }

    private static string Refusal(Alert alert) => alert switch
    {
        { State: AlertState.Acknowledged, Acknowledgement: { } given } => $"{given.By} has acknowledged it at {given.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.",
        { State: AlertState.Shelved, Shelving: { } shelving } => $"{shelving.By} has shelved it until {shelving.Until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.",
        { State: AlertState.OutOfService } => "Its sensor or machine is out of service.",
        { State: AlertState.SuppressedByDesign } => "It is suppressed while the machine stands still.",
        _ => $"That is not possible while it is {alert.State}.",
    };

    private void Apply(OutOfService entry, DateTimeOffset at, string by)
    {
        foreach (var (sensorId, sensor) in state.Sensors)
        {
            if (!entry.Covers(sensorId, sensor.Facts))
                continue;

            var before = sensor.Watch.Alerts;
            sensor.Watch.SetOutOfService(state.IsOutOfService(sensorId, sensor.Facts), at, by.Trim(), entry.Reason, _journal);
            _changes.Note(sensor, before);
        }
    }

    private void Learn(SensorState sensor)
    {
        foreach (var reading in writer.ReadingsFrom(sensor, sensor.Baseline!.At, LateReadings.Most))
            sensor.Learn(reading);
    }
}
