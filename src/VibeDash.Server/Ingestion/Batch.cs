using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Core.Sensors;
using VibeDash.Server.Data;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// The work of one transaction: writes to the database as it goes, and keeps what changes in memory aside until
/// <see cref="Apply"/>, which the event loop calls after the commit. Thrown away when the transaction fails.
/// </summary>
internal sealed class Batch(LoopState state, EventWriter writer, int maximumSensors)
{
    // Longer than it takes to commit all that a broker may have in flight.
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, SensorState> _sensors = new(StringComparer.Ordinal);
    private readonly JournalNumbers _numbers = state.Numbers.Copy();
    private int _lastSensorKey = state.LastSensorKey;
    private long _lastDeadLetterId = state.LastDeadLetterId;
    private int _newSensors;

    /// <summary>What changed.</summary>
    public Commit Commit { get; } = new();

    /// <summary>Works on one item.</summary>
    public void Add(WorkItem item)
    {
        switch (item)
        {
            case InboundMessage { Event: { } vibrationEvent } message:
                Add(message, vibrationEvent);
                break;
            case InboundMessage { Rejection: { } rejection } message:
                Reject(message, rejection);
                break;
            case InboundMessage { StatusChange: { } change } message:
                Change(message, change);
                break;
            case InboundMessage:
                break;
            case AcknowledgeCommand command:
                Acknowledge(command);
                break;
            default:
                throw new ArgumentException($"Unknown work item {item.GetType()}.", nameof(item));
        }
    }

    /// <summary>Writes what was gathered; call once, before the commit.</summary>
    public void Finish()
    {
        var changed = new Dictionary<long, Alert>();
        foreach (var change in Commit.Journal)
        {
            writer.Add(change.Transition);
            changed[change.Alert.Id] = change.Alert;
        }

        foreach (var (sensorId, after) in _sensors)
        {
            var before = state.Sensors.GetValueOrDefault(sensorId)?.Alerts ?? [];
            if (before == after.Alerts)
                continue;

            Commit.Alerts[sensorId] = after.Alerts;
            foreach (var alert in after.Alerts.Except(before))
            {
                if (alert.IsOpen)
                    changed[alert.Id] = alert;
                else
                    writer.PutPending(alert, isNew: !before.Any(old => old.RuleId == alert.RuleId && !old.IsOpen));
            }

            foreach (var old in before)
            {
                if (!old.IsOpen && !after.Alerts.Any(alert => alert.RuleId == old.RuleId && !alert.IsOpen))
                    writer.RemovePending(old);
            }
        }

        foreach (var alert in changed.Values)
            writer.Put(alert, isNew: alert.Id > state.Numbers.LastAlertId);
        if (Commit.Rejected > 0)
            writer.PruneDeadLetters(_lastDeadLetterId - DeadLetter.MaximumKept);
        writer.Flush();
    }

    /// <summary>Makes the changes the event loop's state.</summary>
    public void Apply()
    {
        foreach (var (sensorId, sensor) in _sensors)
            state.Sensors[sensorId] = sensor;
        foreach (var change in Commit.Journal)
        {
            if (change.Alert.IsOpen)
                state.SensorOfOpenAlert[change.Alert.Id] = change.Alert.SensorId;
            else
                state.SensorOfOpenAlert.Remove(change.Alert.Id);
        }

        state.Numbers = _numbers;
        state.LastSensorKey = _lastSensorKey;
        state.LastDeadLetterId = _lastDeadLetterId;
    }

    private void Add(InboundMessage message, VibrationEvent vibrationEvent)
    {
        var (reading, facts, systemMessage) = vibrationEvent;
        var sensor = Find(reading.SensorId);
        if (sensor is null)
        {
            if (state.Sensors.Count + _newSensors >= maximumSensors)
            {
                Reject(message, new(RejectionReason.TooManySensors, $"Storage:MaximumSensors is {maximumSensors:N0}, and this sensor is not one of them."));
                return;
            }

            sensor = new(++_lastSensorKey, facts, reading, []);
            _newSensors++;
            writer.Add(sensor.Key, reading.SensorId, facts);
            Commit.Facts[reading.SensorId] = facts;
        }

        if ((message.MayBeStored && IsStored(sensor, reading)) || !writer.TryAdd(sensor.Key, reading))
        {
            // Stored by an earlier attempt of this same batch, whose commit failed to say that it had reached the disk: then it is no duplicate.
            message.Result ??= EventResult.Duplicate;
            Commit.Duplicates++;
            return;
        }

        message.Result = EventResult.Stored;
        Commit.Stored++;
        if (reading.Timestamp < sensor.Latest.Timestamp)
        {
            Commit.Late++;
            return;
        }

        if (facts != sensor.Facts || reading.Unit != sensor.Latest.Unit)
        {
            writer.Update(sensor.Key, reading.SensorId, facts, sensor.OfflineSince);
            Commit.Facts[reading.SensorId] = facts;
        }

        var alerts = AlertEvaluator.Evaluate(sensor.Alerts, reading, systemMessage, state.Rules, _numbers, Commit.Journal);
        _sensors[reading.SensorId] = sensor with { Facts = facts, Latest = reading, Alerts = alerts };
        if (Commit.Readings.TryGetValue(reading.SensorId, out var span))
            span.Add(reading);
        else
            Commit.Readings[reading.SensorId] = new(reading);
    }

    private void Change(InboundMessage message, SensorStatusChange change)
    {
        foreach (var sensorId in change.IsPrefix ? SensorsOf(change.SensorId) : [change.SensorId])
        {
            if (Find(sensorId) is not { } sensor)
                continue;

            message.ConcernsSensor = true;
            var offlineSince = change.Apply(sensor.OfflineSince, sensor.Latest.Timestamp);
            if (offlineSince == sensor.OfflineSince)
                continue;
            _sensors[sensorId] = sensor with { OfflineSince = offlineSince };
            writer.Update(sensor.Key, sensorId, sensor.Facts, offlineSince);
            Commit.OfflineSince[sensorId] = offlineSince;
        }
    }

    // Rare, and cheaper to look for than an order of ids to keep.
    private string[] SensorsOf(string prefix) =>
        [.. state.Sensors.Keys.Union(_sensors.Keys).Where(sensorId => sensorId.StartsWith(prefix, StringComparison.Ordinal))];

    private void Reject(InboundMessage message, Rejection rejection)
    {
        writer.Add(message.ToDeadLetter(++_lastDeadLetterId, rejection));
        message.Result = EventResult.Rejected(rejection);
        Commit.Rejected++;
    }

    // Given the time of its arrival, a reading that comes again has another key. What a broker has in flight when a connection ends are the
    // newest readings of their sensors, however long the connection is gone.
    private bool IsStored(SensorState sensor, Reading reading)
    {
        var newest = sensor.Latest.Timestamp < reading.Timestamp ? sensor.Latest.Timestamp : reading.Timestamp;
        return writer.IsStored(sensor.Key, reading.EventId, newest - InFlight);
    }

    private void Acknowledge(AcknowledgeCommand command)
    {
        var sensorId = state.SensorOfOpenAlert.GetValueOrDefault(command.AlertId)
            ?? Commit.Journal.LastOrDefault(change => change.Alert.Id == command.AlertId)?.Alert.SensorId;
        var sensor = sensorId is null ? null : Find(sensorId);
        if (sensor?.Alerts.FirstOrDefault(open => open.Id == command.AlertId) is not { } alert)
        {
            var past = Commit.Journal.LastOrDefault(change => change.Alert.Id == command.AlertId)?.Alert ?? writer.FindAlert(command.AlertId);
            command.Result = new(past, past is null ? $"There is no alert {command.AlertId}." : $"It cleared at {past.ClearedAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
            return;
        }

        if (AlertEvaluator.Acknowledge(alert, command.Acknowledgement, command.At, _numbers) is not { } change)
        {
            command.Result = new(alert, $"{alert.AcknowledgedBy} has acknowledged it at {alert.AcknowledgedAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
            return;
        }

        Commit.Journal.Add(change);
        _sensors[alert.SensorId] = sensor with { Alerts = sensor.Alerts.Replace(alert, change.Alert) };
        command.Result = new(change.Alert, null);
    }

    private SensorState? Find(string sensorId) => _sensors.GetValueOrDefault(sensorId) ?? state.Sensors.GetValueOrDefault(sensorId);
}
