using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Core.Sensors;
using VibeDash.Server.Data;
using VibeDash.Server.DeadLetters;

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
    private readonly HashSet<ReceivedMessage> _newDeadLetters = [];
    private int _newSensors;

    /// <summary>What changed.</summary>
    public Commit Commit { get; } = new();

    private DeadLetterWriter Letters => writer.DeadLetters;

    private Rejection TooManySensors => new(
        RejectionReason.TooManySensors, $"Storage:MaximumSensors is {maximumSensors:N0}, and this sensor is not one of them.");

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
            case InboundMessage:
                break;
            case AcknowledgeCommand command:
                Acknowledge(command);
                break;
            case ReplayCommand command:
                Replay(command);
                break;
            case DeleteDeadLettersCommand command:
                command.Deleted = command.Id is { } id ? (Letters.Remove(id) ? 1 : 0) : Letters.Remove(command.Selection, DeleteDeadLettersCommand.Portion);
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
        state.DeadLetters = Letters.Totals;
        foreach (var message in _newDeadLetters)
            message.IsDeadLetter = true;
    }

    private void Add(InboundMessage message, VibrationEvent vibrationEvent)
    {
        switch (Store(vibrationEvent, message.MayBeStored, until: DateTimeOffset.MaxValue))
        {
            case EventOutcome.Stored:
                message.Result = EventResult.Stored;
                break;
            case EventOutcome.Duplicate:
                // Stored by an earlier attempt of this same batch, whose commit failed to say that it had reached the disk: then it is no duplicate.
                message.Result ??= EventResult.Duplicate;
                break;
            default:
                Reject(message, TooManySensors);
                break;
        }
    }

    /// <summary>Stores a reading and judges it.</summary>
    /// <param name="vibrationEvent">The event.</param>
    /// <param name="mayBeStored">See <see cref="VibeDash.Core.Payloads.ReadingOutcome.MayBeStored"/>.</param>
    /// <param name="until">Where such a reading is looked for no longer.</param>
    /// <returns><see cref="EventOutcome.Rejected"/> when there are too many sensors.</returns>
    private EventOutcome Store(VibrationEvent vibrationEvent, bool mayBeStored, DateTimeOffset until)
    {
        var (reading, facts, systemMessage) = vibrationEvent;
        var sensor = Find(reading.SensorId);
        if (sensor is null)
        {
            if (state.Sensors.Count + _newSensors >= maximumSensors)
                return EventOutcome.Rejected;

            sensor = new(++_lastSensorKey, facts, reading, []);
            _newSensors++;
            writer.Add(sensor.Key, reading.SensorId, facts);
            Commit.Facts[reading.SensorId] = facts;
        }

        if ((mayBeStored && IsStored(sensor, reading, until)) || !writer.TryAdd(sensor.Key, reading))
        {
            Commit.Duplicates++;
            return EventOutcome.Duplicate;
        }

        Commit.Stored++;
        if (reading.Timestamp < sensor.Latest.Timestamp)
        {
            Commit.Late++;
            return EventOutcome.Stored;
        }

        if (facts != sensor.Facts || reading.Unit != sensor.Latest.Unit)
        {
            writer.Update(sensor.Key, reading.SensorId, facts);
            Commit.Facts[reading.SensorId] = facts;
        }

        var alerts = AlertEvaluator.Evaluate(sensor.Alerts, reading, systemMessage, state.Rules, _numbers, Commit.Journal);
        _sensors[reading.SensorId] = sensor with { Facts = facts, Latest = reading, Alerts = alerts };
        if (Commit.Readings.TryGetValue(reading.SensorId, out var span))
            span.Add(reading);
        else
            Commit.Readings[reading.SensorId] = new(reading);
        return EventOutcome.Stored;
    }

    private void Reject(InboundMessage inbound, Rejection rejection)
    {
        var message = inbound.Message;
        inbound.Result = EventResult.Rejected(rejection);

        // Another of its readings has made it a dead letter.
        if (message.IsDeadLetter || !_newDeadLetters.Add(message))
            return;
        var letter = message.ToDeadLetter(rejection);
        if (message.Redelivered && Letters.Has(letter))
        {
            Commit.Duplicates++;
            return;
        }

        Letters.Add(letter);
        Commit.Rejected++;
    }

    private void Replay(ReplayCommand command)
    {
        if (!Letters.Exists(command.LetterId))
        {
            // Unless an earlier attempt of this same batch has done it, whose commit failed to say that it had reached the disk.
            command.Result ??= ReplayResult.Gone;
            return;
        }

        var (stored, duplicates) = (0, 0);
        Rejection? rejection = null;
        foreach (var outcome in command.Outcomes)
        {
            // Given the time of its arrival, it lies where it would have been stored then.
            var result = outcome.Event is { } vibrationEvent
                ? Store(vibrationEvent, outcome.MayBeStored, vibrationEvent.Reading.Timestamp + InFlight)
                : EventOutcome.Rejected;
            if (result == EventOutcome.Stored)
                stored++;
            else if (result == EventOutcome.Duplicate)
                duplicates++;
            else
                rejection ??= outcome.Rejection ?? TooManySensors;
        }

        if (rejection is null)
            Letters.Remove(command.LetterId);
        else
            Letters.Refuse(command.LetterId, rejection, command.Attempts, command.At);
        command.Result = new(rejection is null ? ReplayOutcome.Accepted : ReplayOutcome.Refused, stored, duplicates, rejection?.Reason, rejection?.Detail);
    }

    // Given the time of its arrival, a reading that comes again has another key. What a broker has in flight when a connection ends are the
    // newest readings of their sensors, however long the connection is gone.
    private bool IsStored(SensorState sensor, Reading reading, DateTimeOffset until)
    {
        var newest = sensor.Latest.Timestamp < reading.Timestamp ? sensor.Latest.Timestamp : reading.Timestamp;
        return writer.IsStored(sensor.Key, reading.EventId, newest - InFlight, until);
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
