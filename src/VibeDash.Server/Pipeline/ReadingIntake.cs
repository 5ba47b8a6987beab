using System.Runtime.InteropServices;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>Stores and evaluates events as readings, inside a transaction of the event loop.</summary>
internal sealed class ReadingIntake(
    PipelineState state, StorageSession storage, ChangeSet changes, AlertEvaluation alerts, MachineStates machines, Compaction compaction, int maximumSensors)
{
    private const int LearnedEvery = 10;

    // Longer than committing the maximum of in-flight messages takes.
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    /// <summary>Rejection of an event of an unknown sensor when the maximum is reached.</summary>
    public Rejection TooManySensors => new(
        RejectionReason.TooManySensors, $"Storage:MaximumSensors is {maximumSensors:N0}, and this sensor is not one of them.");

    /// <summary>Stores a newly arrived event.</summary>
    /// <param name="vibrationEvent">The event.</param>
    /// <param name="mayBeStored">See <see cref="VibeDash.Core.Payloads.ReadingOutcome.MayBeStored"/>.</param>
    /// <param name="arrivedAt">Server time of its arrival.</param>
    /// <returns><see cref="EventOutcome.Rejected"/> for <see cref="TooManySensors"/>.</returns>
    public EventOutcome Receive(in VibrationEvent vibrationEvent, bool mayBeStored, DateTimeOffset arrivedAt) =>
        Store(vibrationEvent, mayBeStored, until: DateTimeOffset.MaxValue, arrivedAt);

    /// <summary>Stores an event of a replayed dead letter.</summary>
    /// <param name="vibrationEvent">The event. Without its own timestamp it has that of the letter's arrival, as if it had been stored then.</param>
    /// <param name="mayBeStored">See <see cref="VibeDash.Core.Payloads.ReadingOutcome.MayBeStored"/>.</param>
    /// <returns><see cref="EventOutcome.Rejected"/> for <see cref="TooManySensors"/>.</returns>
    public EventOutcome Replay(in VibrationEvent vibrationEvent, bool mayBeStored) =>
        Store(vibrationEvent, mayBeStored, until: vibrationEvent.Reading.Timestamp + InFlight, arrivedAt: null);

    private EventOutcome Store(in VibrationEvent vibrationEvent, bool mayBeStored, DateTimeOffset until, DateTimeOffset? arrivedAt)
    {
        var (reading, facts, systemMessage) = vibrationEvent;
        if (!state.Sensors.TryGetValue(reading.SensorId, out var sensor))
        {
            if (state.Sensors.Count >= maximumSensors)
                return EventOutcome.Rejected;
            sensor = Add(reading, facts);
        }

        if ((mayBeStored && IsStored(sensor, reading, until)) || !storage.Readings.TryAdd(sensor.Stored, reading))
        {
            changes.Duplicates++;
            return EventOutcome.Duplicate;
        }

        changes.Stored++;
        compaction.Consider(sensor.Stored);

        var gapIsCertain = state.IsCertain(sensor, reading, arrivedAt);
        sensor.ArrivedAt = arrivedAt ?? sensor.ArrivedAt;
        if (reading.Timestamp < sensor.Latest.Timestamp)
        {
            changes.Late++;
            alerts.AddLate(sensor, reading.Timestamp);
            return EventOutcome.Stored;
        }

        Advance(sensor, reading, facts);
        Show(sensor.Shown(reading));
        alerts.Evaluate(sensor, sensor.ToEvaluate(reading, systemMessage), gapIsCertain);
        return EventOutcome.Stored;
    }

    private SensorState Add(Reading reading, SensorFacts facts)
    {
        var sensor = new SensorState(new(++state.LastSensorKey, reading.SensorId) { Uncompacted = 0 }, facts, reading)
        {
            Watch = state.Watch(reading.SensorId, facts, [], reading.Unit, []),
            Machine = state.Machines.Of(reading.SensorId, facts),
        };
        state.Sensors[reading.SensorId] = sensor;
        storage.Changes().Sensors.Add(SensorRows.Of(sensor));
        changes.SetDetails(sensor);
        if (sensor.Machine is not null)
            machines.Follow(sensor, reading.Timestamp);
        return sensor;
    }

    // For the newest reading of a sensor: updates facts, unit and baseline.
    private void Advance(SensorState sensor, Reading reading, SensorFacts facts)
    {
        var unitChanged = reading.Unit != sensor.Latest.Unit;
        var factsChanged = !ReferenceEquals(facts, sensor.Facts) && facts != sensor.Facts;
        (sensor.Facts, sensor.Latest) = (facts, reading);
        if (unitChanged || factsChanged)
        {
            storage.Update(sensor);
            changes.Facts[reading.SensorId] = facts;
            alerts.ChangeRules(sensor, reading.Timestamp, always: unitChanged);
            machines.Move(sensor, reading.Timestamp);
        }

        var learned = sensor.Learner?.Count;
        if (sensor.Learn(reading))
        {
            storage.Update(sensor);
            changes.SetDetails(sensor);
            alerts.ChangeRules(sensor, reading.Timestamp, always: true);
        }
        else if (sensor.Learner?.Count is { } count && count != learned && count % LearnedEvery == 0)
        {
            // Progress is sent only occasionally: each update is a message with all details of the sensor.
            changes.SetDetails(sensor);
        }
    }

    private void Show(Reading reading)
    {
        ref var span = ref CollectionsMarshal.GetValueRefOrAddDefault(changes.Readings, reading.SensorId, out var exists);
        if (exists)
            span.Add(reading);
        else
            span = new(reading);
    }

    // A reading stamped on arrival has a different key when redelivered. Messages in flight at the end of a session are the newest readings of their
    // sensors, no matter how long ago the session ended.
    private bool IsStored(SensorState sensor, Reading reading, DateTimeOffset until)
    {
        var newest = sensor.Latest.Timestamp < reading.Timestamp ? sensor.Latest.Timestamp : reading.Timestamp;
        return storage.Readings.IsStored(sensor.Stored, reading.EventId, newest - InFlight, until);
    }
}
