using System.Runtime.InteropServices;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Alerts;
using VibeDash.Server.DeadLetters;
using VibeDash.Server.Notes;
using VibeDash.Server.Rules;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// The work of a transaction, and then of the next: writes to the database and changes the event loop's state as it goes. When a transaction fails, that
/// state has to be read anew from the database, and this is of no more use.
/// </summary>
/// <param name="state">The event loop's state.</param>
/// <param name="writer">The transactions.</param>
/// <param name="maximumSensors">See <see cref="StorageOptions.MaximumSensors"/>.</param>
/// <param name="commit">Receives what changed.</param>
internal sealed class Batch(LoopState state, EventWriter writer, int maximumSensors, Commit commit)
{
    private const int LearnedToldEvery = 10;

    // Longer than it takes to commit all that a broker may have in flight.
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    private readonly AlertWork _alerts = new(state, writer, commit);
    private readonly HashSet<ReceivedMessage> _newDeadLetters = [];
    private readonly SealWork _seals = new(state, writer);
    private MachineWork? _machines;

    private DeadLetterWriter Letters => writer.DeadLetters;

    private Rejection TooManySensors => new(
        RejectionReason.TooManySensors, $"Storage:MaximumSensors is {maximumSensors:N0}, and this sensor is not one of them.");

    private Rejection TooManyMachines => new(
        RejectionReason.TooManySensors, $"Storage:MaximumSensors is {maximumSensors:N0}, and of no more machines than that it is kept whether they run.");

    private MachineWork Machines => _machines ??= new(state, writer, commit, _alerts);

    /// <summary>Starts a transaction.</summary>
    public void Begin()
    {
        writer.Begin();
        Letters.Begin(state.DeadLetters);
        commit.Clear();
        _alerts.Begin();
    }

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
            case InboundMessage { MachineState: { } change } message:
                if (Machines.Hear(change, maximumSensors) is { } concernsSensor)
                    message.ConcernsSensor = concernsSensor;
                else
                    Reject(message, TooManyMachines);
                break;
            case InboundMessage:
                break;
            case AlertCommand command:
                _alerts.Do(command);
                break;
            case ClockTick tick:
                _alerts.Do(tick);
                writer.Prune(tick.Now);
                break;
            case RuleCommand command:
                _alerts.Do(command);
                break;
            case OutOfServiceCommand command:
                _alerts.Do(command);
                break;
            case SensorCommand command:
                _alerts.Do(command);
                break;
            case NoteCommand command:
                NoteWork.Do(command, state, writer.Notes, commit);
                break;
            case ReplayCommand command:
                Replay(command);
                break;
            case DeleteDeadLettersCommand command:
                command.Result = command.Id is { } id ? (Letters.Remove(id) ? 1 : 0) : Letters.Remove(command.Selection, DeleteDeadLettersCommand.Portion);
                break;
            default:
                throw new ArgumentException($"Unknown work item {item.GetType()}.", nameof(item));
        }
    }

    /// <summary>Writes what was gathered; call once, before the commit.</summary>
    public void Finish()
    {
        _alerts.Finish();
        writer.Flush();
        _seals.Do(commit.Stored);
    }

    /// <summary>What holds only once the transaction is on disk; call after the commit.</summary>
    public void Apply()
    {
        state.DeadLetters = Letters.Totals;
        foreach (var message in _newDeadLetters)
            message.IsDeadLetter = true;
        _newDeadLetters.Clear();
    }

    private void Add(InboundMessage message, VibrationEvent vibrationEvent)
    {
        switch (Store(vibrationEvent, message.MayBeStored, until: DateTimeOffset.MaxValue, arrivedAt: message.Message.ReceivedAt))
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
    /// <param name="arrivedAt">Server time at which it arrived; null when that was at another time.</param>
    /// <returns><see cref="EventOutcome.Rejected"/> when there are too many sensors.</returns>
    private EventOutcome Store(in VibrationEvent vibrationEvent, bool mayBeStored, DateTimeOffset until, DateTimeOffset? arrivedAt)
    {
        var (reading, facts, systemMessage) = vibrationEvent;
        if (!state.Sensors.TryGetValue(reading.SensorId, out var sensor))
        {
            if (state.Sensors.Count >= maximumSensors)
                return EventOutcome.Rejected;

            sensor = new(++state.LastSensorKey, facts, reading)
            {
                Watch = state.Watch(reading.SensorId, facts, [], reading.Unit, []),
                Machine = state.Machines.Of(reading.SensorId, facts),
                Unsealed = 0,
            };
            state.Sensors[reading.SensorId] = sensor;
            writer.Add(sensor);
            commit.Facts[reading.SensorId] = facts;
            if (sensor.Machine is not null)
                Machines.Follow(sensor, reading.Timestamp);
        }

        if ((mayBeStored && IsStored(sensor, reading, until)) || !writer.TryAdd(sensor, reading))
        {
            commit.Duplicates++;
            return EventOutcome.Duplicate;
        }

        commit.Stored++;
        _seals.Want(sensor);

        var gapIsCertain = state.IsCertain(sensor, reading);
        sensor.ArrivedAt = arrivedAt ?? sensor.ArrivedAt;
        if (reading.Timestamp < sensor.Latest.Timestamp)
        {
            commit.Late++;
            _alerts.Late(sensor, reading.Timestamp);
            return EventOutcome.Stored;
        }

        var unitChanged = reading.Unit != sensor.Latest.Unit;
        var factsChanged = !ReferenceEquals(facts, sensor.Facts) && facts != sensor.Facts;
        (sensor.Facts, sensor.Latest) = (facts, reading);
        if (unitChanged || factsChanged)
        {
            writer.Update(sensor);
            commit.Facts[reading.SensorId] = facts;
            _alerts.ChangeRules(sensor, reading.Timestamp, always: unitChanged);
            Machines.Move(sensor, reading.Timestamp);
        }

        var learned = sensor.Learner?.Count;
        if (sensor.Learn(reading))
        {
            writer.Update(sensor);
            commit.Facts[reading.SensorId] = facts;
            commit.Settings[reading.SensorId] = sensor.Said();
            _alerts.ChangeRules(sensor, reading.Timestamp, always: true);
        }
        else if (sensor.Learner?.Count is { } count && count != learned && count % LearnedToldEvery == 0)
        {
            // How far it has come is told now and then: each time costs a message with all that is known of the sensor.
            (commit.Facts[reading.SensorId], commit.Settings[reading.SensorId]) = (facts, sensor.Said());
        }

        var judged = sensor.Judged(reading, systemMessage);
        Show(sensor.Shown(reading));
        _alerts.Judge(sensor, judged, gapIsCertain);
        return EventOutcome.Stored;
    }

    private void Show(Reading reading)
    {
        ref var span = ref CollectionsMarshal.GetValueRefOrAddDefault(commit.Readings, reading.SensorId, out var exists);
        if (exists)
            span.Add(reading);
        else
            span = new(reading);
    }

    private void Change(InboundMessage message, SensorStatusChange change)
    {
        foreach (var sensorId in change.IsPrefix ? SensorsOf(change.SensorId) : [change.SensorId])
        {
            if (!state.Sensors.TryGetValue(sensorId, out var sensor))
                continue;

            message.ConcernsSensor = true;
            var offlineSince = change.Apply(sensor.OfflineSince, sensor.Latest.Timestamp);
            if (offlineSince == sensor.OfflineSince)
                continue;
            sensor.OfflineSince = offlineSince;
            writer.Update(sensor);
            commit.OfflineSince[sensorId] = offlineSince;
        }
    }

    // Rare, and cheaper to look for than an order of ids to keep.
    private string[] SensorsOf(string prefix) =>
        [.. state.Sensors.Keys.Where(sensorId => sensorId.StartsWith(prefix, StringComparison.Ordinal))];

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
            commit.Duplicates++;
            return;
        }

        Letters.Add(letter);
        commit.Rejected++;
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
            // What was said of a sensor then says nothing of it now.
            if (outcome.StatusChange is not null)
                continue;

            // What was said of a machine holds from its own time on.
            if (outcome.MachineState is { } change)
            {
                if (Machines.Hear(change, maximumSensors) is null)
                    rejection ??= TooManyMachines;
                continue;
            }

            // Given the time of its arrival, it lies where it would have been stored then.
            var result = outcome.Event is { } vibrationEvent
                ? Store(vibrationEvent, outcome.MayBeStored, vibrationEvent.Reading.Timestamp + InFlight, arrivedAt: null)
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
        return writer.IsStored(sensor, reading.EventId, newest - InFlight, until);
    }
}
