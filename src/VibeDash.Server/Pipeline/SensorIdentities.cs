using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// Changes what sensors are: rows first, then the state of the sensor is loaded from them as at a start. Only for work items that have a transaction of
/// their own (<see cref="WorkItem.IsAlone"/>).
/// </summary>
internal static class SensorIdentities
{
    /// <summary>Gives a sensor another id; messages with the former one are its own from now on, too.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="sensor">The sensor.</param>
    /// <param name="sensorId">An id that no other sensor has or had.</param>
    /// <param name="row">Its row, for other changes.</param>
    /// <param name="by">The user.</param>
    /// <param name="at">Server time.</param>
    /// <returns>The sensor with that id.</returns>
    public static SensorState Rename(this PipelineTransaction transaction, SensorState sensor, string sensorId, SensorRow row, string by, DateTimeOffset at)
    {
        transaction.Forget(sensor);
        var context = transaction.Storage.Context;
        row.SensorId = sensorId;
        transaction.Storage.Changes().Sensors.Update(row);
        transaction.Storage.Save();
        context.SensorAliases.Where(alias => alias.Alias == sensorId).ExecuteDelete();
        context.AddAlias(sensor.SensorId, row.Key);
        context.MoveReferences(sensor.SensorId, sensorId);
        return transaction.Load(sensor, row, by, at, sensor);
    }

    /// <summary>False when too many readings would have to be moved to join two sensors.</summary>
    public static bool CanJoin(this PipelineTransaction transaction, SensorState gone, SensorState stays) => Moved(transaction, gone, stays) is not null;

    /// <summary>Makes the readings of a sensor, and what refers to it, those of another. End its alerts before.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="gone">The sensor that is no more.</param>
    /// <param name="stays">The other sensor.</param>
    /// <param name="row">Row of the other sensor, for other changes.</param>
    /// <param name="by">The user.</param>
    /// <param name="at">Server time.</param>
    /// <param name="since">Event time until which baseline and thresholds were those of the sensor that is no more; null when they always were those of the other one.</param>
    /// <returns>The joined sensor.</returns>
    /// <exception cref="InvalidOperationException">Not <see cref="CanJoin"/>.</exception>
    public static SensorState Join(this PipelineTransaction transaction, SensorState gone, SensorState stays, SensorRow row, string by, DateTimeOffset at, DateTimeOffset? since = null)
    {
        var from = Moved(transaction, gone, stays) ?? throw new InvalidOperationException("Too many readings to move.");
        var to = from == gone ? stays : gone;
        transaction.Forget(gone);
        transaction.Forget(stays);
        transaction.Storage.Limits.Join(gone.Stored.Key, stays.Stored.Key, since, gone.Limits!, to.Stored.Key);
        transaction.Storage.Readings.Move(from.Stored, to.Stored);
        var context = transaction.Storage.Context;
        context.Sensors.Where(sensor => sensor.Key == gone.Stored.Key || sensor.Key == stays.Stored.Key).ExecuteDelete();
        row.Key = to.Stored.Key;
        transaction.Storage.Changes().Sensors.Add(row);
        transaction.Storage.Save();
        context.SensorAliases.Where(alias => alias.SensorKey == from.Stored.Key).ExecuteUpdate(alias => alias.SetProperty(former => former.SensorKey, row.Key));
        context.AddAlias(gone.SensorId, row.Key);
        context.MoveReferences(gone.SensorId, stays.SensorId);
        return transaction.Load(gone, row, by, at, stays);
    }

    /// <summary>Deletes a sensor. Its readings and alerts are deleted in steps later; nothing shows them any more.</summary>
    public static void Delete(this PipelineTransaction transaction, SensorState sensor)
    {
        var state = transaction.State;
        transaction.Forget(sensor);
        transaction.Storage.Context.DeleteSensor(sensor.Stored, state.Numbers.LastAlertId);
        state.OutOfService.RemoveAll(entry => entry.SensorId == sensor.SensorId);
        state.Machines.Remove(sensor.SensorId);
        foreach (var (alias, _) in state.Aliases.Where(alias => alias.Value == sensor.SensorId).ToArray())
            state.Aliases.Remove(alias);
    }

    /// <summary>Ends the open alerts of a sensor, and writes that.</summary>
    public static void EndAlerts(this PipelineTransaction transaction, SensorState sensor, string by, string reason, AlertCause cause, DateTimeOffset at)
    {
        transaction.Alerts.Change(sensor, (watch, journal) => watch.End(at, by, reason, cause, journal));
        transaction.Alerts.Finish();
        transaction.Storage.Save();
    }

    // The few move to the many: either sensor may be the one with years of history.
    private static SensorState? Moved(PipelineTransaction transaction, SensorState gone, SensorState stays) =>
        new[] { gone, stays }
            .Select(sensor => (Sensor: sensor, Count: transaction.Storage.Readings.CountSingle(sensor.Stored) ?? long.MaxValue))
            .Where(sensor => sensor.Count <= SensorExtent.MaximumMoved)
            .OrderBy(sensor => sensor.Count)
            .FirstOrDefault().Sensor;

    private static void Forget(this PipelineTransaction transaction, SensorState sensor)
    {
        var state = transaction.State;
        state.Sensors.Remove(sensor.SensorId);
        state.Waiting.Remove(sensor);
        foreach (var alert in sensor.Watch.Alerts)
            state.SensorOfOpenAlert.Remove(alert.Id);
        foreach (var common in state.Common.Values)
            common.Members.Remove(sensor);
        foreach (var waiting in state.ToCompact.ToArray())
        {
            state.ToCompact.Dequeue();
            if (waiting != sensor.Stored)
                state.ToCompact.Enqueue(waiting);
        }

        transaction.Changes.Removed.Add(sensor.SensorId);
        transaction.Changes.Facts.Remove(sensor.SensorId);
        transaction.Changes.Details.Remove(sensor.SensorId);
    }

    // The state of a sensor that has taken the place of another, from its rows. Until now the limits of one that it was were in force.
    private static SensorState Load(this PipelineTransaction transaction, SensorState former, SensorRow row, string by, DateTimeOffset at, SensorState was)
    {
        var (state, sensorId) = (transaction.State, row.SensorId);
        state.Aliases.Remove(sensorId);
        foreach (var (alias, _) in state.Aliases.Where(alias => alias.Value == former.SensorId).ToArray())
            state.Aliases[alias] = sensorId;
        state.Aliases[former.SensorId] = sensorId;
        for (var i = 0; i < state.OutOfService.Count; i++)
        {
            if (state.OutOfService[i] is var entry && entry.SensorId == former.SensorId)
                state.OutOfService[i] = entry with { SensorId = sensorId };
        }

        state.Machines.Remove(former.SensorId);
        var states = transaction.Storage.Context.MachineStates.AsNoTracking().Where(entry => entry.Name == sensorId && entry.IsSensor).OrderBy(entry => entry.At).AsEnumerable()
            .Select(entry => new MachineStateEntry(entry.At, entry.Runs)).TakeLast(MachineHistory.Kept).ToArray();
        if (states.Length > 0)
            state.Machines.Add(new(sensorId, isSensor: true)).History = new(states);

        transaction.MoveRules(former.SensorId, sensorId, by, at);
        var (sensor, sparkline) = StateLoader.Reload(transaction.Storage.Context, state, row.Key, at);

        // A silence is counted from here: when its last reading arrived is not known any more.
        sensor.ArrivedAt = at;
        if (CommonSilences.SubjectsOf(sensor).FirstOrDefault(subject => state.Common.ContainsKey(subject) && sensor.Watch.ResumeToldBy(subject, isPart: false)) is { } told)
            state.Common[told].Members[sensor] = at;
        transaction.Changes.Removed.Remove(sensorId);
        transaction.Changes.Loaded.Add((sensor, sparkline));
        transaction.Alerts.ChangeRules(at, by);
        sensor.Limits = was.Limits;
        transaction.Alerts.FollowLimits(sensor, until: was.Latest.Timestamp.AddMicroseconds(1));
        return sensor;
    }

    // A rule for a sensor alone goes with it, as a new version; not when another sensor has the same id but for case, which the rule covers, too.
    private static void MoveRules(this PipelineTransaction transaction, string from, string to, string by, DateTimeOffset at)
    {
        var (state, storage) = (transaction.State, transaction.Storage);
        if (string.Equals(from, to, StringComparison.OrdinalIgnoreCase) || state.Sensors.Keys.Any(other => string.Equals(other, from, StringComparison.OrdinalIgnoreCase)))
            return;
        foreach (var known in state.Book.Rules.Where(rule => rule.Scope.Kind == ScopeKind.Sensor && string.Equals(rule.Scope.Value, from, StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            var rule = known with { Scope = known.Scope with { Value = to }, Version = storage.Context.AlertRules.Where(row => row.Id == known.Id).Max(row => row.Version) + 1 };
            storage.Retire(rule.Id);
            storage.Changes().AlertRules.Add(AlertRuleRow.From(rule, at, by));
            storage.Save();
            state.Book = state.Book.With(rule);
        }
    }
}
