using System.Runtime.InteropServices;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>Stores and evaluates events as readings, inside a transaction of the event loop.</summary>
internal sealed class ReadingIntake(
    PipelineState state, StorageSession storage, ChangeSet changes, AlertEvaluation alerts, MachineStates machines, Compaction compaction, int maximumSensors)
{
    private const int LearnedEvery = 10;

    // Longer than committing the maximum of in-flight messages takes.
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(1);

    private readonly AheadReadings _ahead = new(state, storage, changes, alerts);

    /// <summary>Maximum number of sensors, those that are awaited included.</summary>
    public int MaximumSensors => maximumSensors;

    /// <summary>True while one more sensor can be added.</summary>
    public bool HasRoom => state.Sensors.Count + state.Awaited.Count < maximumSensors;

    /// <summary>Rejection of an event of an unknown sensor when the maximum is reached.</summary>
    public Rejection TooManySensors => new(
        RejectionReason.TooManySensors, $"Storage:MaximumSensors is {maximumSensors:N0}, and this sensor is not one of them.");

    /// <summary>Stores a newly arrived event.</summary>
    /// <param name="vibrationEvent">The event.</param>
    /// <param name="mayBeStored">See <see cref="VibeDash.Core.Payloads.ReadingOutcome.MayBeStored"/>.</param>
    /// <param name="arrivedAt">Server time of its arrival.</param>
    /// <param name="sender">Name of what sends for its sensor, if that sends changes only; else null.</param>
    /// <returns><see cref="EventOutcome.Rejected"/> for <see cref="TooManySensors"/>.</returns>
    public EventOutcome Receive(in VibrationEvent vibrationEvent, bool mayBeStored, DateTimeOffset arrivedAt, string? sender = null) =>
        Store(vibrationEvent, mayBeStored, until: DateTimeOffset.MaxValue, arrivedAt, isReplay: false, sender);

    /// <summary>Stores an event of a replayed dead letter.</summary>
    /// <param name="vibrationEvent">The event. Without its own timestamp it has that of the letter's arrival, as if it had been stored then.</param>
    /// <param name="mayBeStored">See <see cref="VibeDash.Core.Payloads.ReadingOutcome.MayBeStored"/>.</param>
    /// <param name="now">Server time.</param>
    /// <returns><see cref="EventOutcome.Rejected"/> for <see cref="TooManySensors"/>.</returns>
    public EventOutcome Replay(in VibrationEvent vibrationEvent, bool mayBeStored, DateTimeOffset now) =>
        Store(vibrationEvent, mayBeStored, until: vibrationEvent.Reading.Timestamp + InFlight, now, isReplay: true);

    /// <summary>Evaluates the readings that were ahead, and that the clock has reached.</summary>
    /// <param name="now">Server time.</param>
    public void EvaluateDue(DateTimeOffset now)
    {
        foreach (var sensor in _ahead.Due(now))
        {
            EvaluateWaiting(sensor, until: now + sensor.Clock.Lead);
            sensor.ArrivedAt = now;
            _ahead.ShowOffset(sensor);
        }
    }

    private EventOutcome Store(in VibrationEvent vibrationEvent, bool mayBeStored, DateTimeOffset until, DateTimeOffset now, bool isReplay, string? sender = null)
    {
        var (reading, facts, systemMessage) = vibrationEvent;
        if (!state.Sensors.TryGetValue(reading.SensorId, out var sensor))
        {
            if (state.IdOf(reading.SensorId) is var present && present != reading.SensorId)
                return Store(vibrationEvent with { Reading = reading with { SensorId = present } }, mayBeStored, until, now, isReplay, sender);
            if (!HasRoom && !state.Awaited.ContainsKey(reading.SensorId))
                return EventOutcome.Rejected;
            sensor = Add(reading, facts);
            sensor.ArrivedAt = now;
        }

        if ((mayBeStored && IsStored(sensor, reading, until)) || !storage.Readings.TryAdd(sensor.Stored, reading))
        {
            changes.Duplicates++;
            return EventOutcome.Duplicate;
        }

        changes.Stored++;
        compaction.Consider(sensor.Stored);
        if (!reading.IsGood)
        {
            SetAside(sensor, reading, now);
            return EventOutcome.Stored;
        }

        // A replayed event says nothing about the clock: it arrived long ago.
        if (!isReplay && sensor.Sender?.Name != sender)
            Follow(sensor, sender, now);
        if (!isReplay)
            sensor.Clock.Observe(reading.Timestamp, now);
        var isAhead = sensor.Clock.IsAhead(reading.Timestamp, now);
        if (isAhead && (reading.Timestamp > sensor.Latest.Timestamp || !sensor.Latest.IsGood))
        {
            // A sensor that sends is not silent, whatever its clock shows.
            if (!isReplay)
                sensor.ArrivedAt = now;
            _ahead.Wait(sensor, reading.Timestamp, now);
        }
        else
        {
            Evaluate(sensor, reading, facts, systemMessage, isAhead, now, isReplay);
        }

        _ahead.ShowOffset(sensor);
        return EventOutcome.Stored;
    }

    private void Evaluate(SensorState sensor, Reading reading, SensorFacts facts, string? systemMessage, bool isAhead, DateTimeOffset now, bool isReplay)
    {
        // Those that were ahead, and are before it, have their turn first.
        if (sensor.WaitingFrom <= reading.Timestamp)
            EvaluateWaiting(sensor, reading.Timestamp, next: reading);

        var gapIsCertain = sensor.Sender is null && state.IsCertain(sensor, reading, isReplay ? null : now);
        if (!isReplay)
            sensor.ArrivedAt = now;
        if (reading.Timestamp < sensor.Latest.Timestamp && sensor.Latest.IsGood)
        {
            if (isAhead || !sensor.Clock.IsAhead(sensor.Latest.Timestamp, now))
            {
                changes.Late++;
                alerts.AddLate(sensor, reading.Timestamp, systemMessage);
                return;
            }

            _ahead.StepBack(sensor, reading, now);
            gapIsCertain = false;
        }

        Advance(sensor, reading, facts);
        Show(sensor.Shown(reading));
        alerts.Evaluate(sensor, sensor.ToEvaluate(reading, systemMessage, isNew: true), gapIsCertain);
    }

    // A reading that is not good is neither the present level nor the end of a silence. It is shown when none was good yet or it comes instead of good ones: a
    // single one among them is no state of the sensor, unless it sends changes only.
    private void SetAside(SensorState sensor, Reading reading, DateTimeOffset now)
    {
        if (sensor.Latest.IsGood && (reading.Timestamp < sensor.Latest.Timestamp || sensor.Clock.IsAhead(reading.Timestamp, now)))
            return;
        sensor.SetAside(reading);
        if (sensor.ShowsQuality || (sensor.Sender is null && sensor.Latest.IsGood && now - sensor.ArrivedAt < Sparkline.LeastStaleAfter))
            return;
        sensor.ShowsQuality = true;
        changes.SetDetails(sensor);
    }

    // Evaluates the waiting readings up to a time in event-time order, without the next reading. Readings between them may be missing, so no silence
    // between them is certain.
    private void EvaluateWaiting(SensorState sensor, DateTimeOffset until, Reading? next = null)
    {
        DateTimeOffset? evaluated = null;
        foreach (var reading in _ahead.Take(sensor, until))
        {
            if (reading.Timestamp == next?.Timestamp && reading.EventId == next.EventId)
                continue;

            var isNew = reading.Timestamp > sensor.EvaluatedUntil;
            if (isNew)
                Reevaluate();
            Advance(sensor, reading, sensor.Facts);
            Show(sensor.Shown(reading));
            if (isNew)
                alerts.Evaluate(sensor, sensor.ToEvaluate(reading), gapIsCertain: false);
            else
                evaluated ??= reading.Timestamp;
        }

        Reevaluate();

        void Reevaluate()
        {
            if (evaluated is { } first)
                alerts.Reevaluate(sensor, first);
            evaluated = null;
        }
    }

    private SensorState Add(Reading reading, SensorFacts facts)
    {
        state.Awaited.Remove(reading.SensorId, out var awaited);
        var (labels, runLevel) = (awaited?.StoredLabels() ?? [], awaited?.StoredRunLevel());
        var sensor = new SensorState(new(awaited?.Key ?? ++state.LastSensorKey, reading.SensorId, reading.Unit) { Uncompacted = 0 }, facts, reading)
        {
            Watch = state.Watch(reading.SensorId, facts, labels, reading.Unit, [], runLevel),
            Machine = state.Machines.Of(reading.SensorId, facts),
            Labels = labels,
            RunLevel = runLevel,
            Baseline = awaited?.StoredBaseline() is { IsLearning: true } learning
                ? learning with { Unit = reading.Unit, At = learning.At > reading.Timestamp ? learning.At : reading.Timestamp }
                : awaited?.StoredBaseline(),
        };
        sensor.StartLearning();
        sensor.Limits = sensor.LimitsNow();
        state.Sensors[reading.SensorId] = sensor;
        if (awaited is null)
            storage.Changes().Sensors.Add(SensorRows.Of(sensor));
        else
            storage.Update(sensor);
        changes.SetDetails(sensor);
        if (!reading.IsGood)
            changes.Added[reading.SensorId] = reading;
        if (sensor.Machine is not null)
            machines.Follow(sensor, reading.Timestamp);
        return sensor;
    }

    private void Follow(SensorState sensor, string? sender, DateTimeOffset arrivedAt)
    {
        sensor.Sender = sender is null ? null : state.SenderOf(sender);
        if (sensor.Sender?.HeardAt < arrivedAt)
            sensor.Sender.Hear(arrivedAt);
        storage.Update(sensor);
        changes.SetDetails(sensor);
    }

    // For the newest reading of a sensor: updates facts, unit and baseline.
    private void Advance(SensorState sensor, Reading reading, SensorFacts facts)
    {
        var unitChanged = reading.Unit != sensor.Latest.Unit;
        storage.Readings.FollowUnit(sensor.Stored, reading);
        var factsChanged = !ReferenceEquals(facts, sensor.Facts) && facts != sensor.Facts;
        (sensor.Facts, sensor.Latest) = (facts, reading);
        if (sensor.NotGoodSince <= reading.Timestamp)
        {
            var shown = sensor.ShowsQuality;
            (sensor.NotGoodSince, sensor.Quality, sensor.ShowsQuality) = (null, ReadingQuality.Good, false);
            if (shown)
                changes.SetDetails(sensor);
        }

        if (unitChanged || factsChanged)
        {
            storage.Update(sensor);
            changes.Facts[reading.SensorId] = facts;
            alerts.ChangeRules(sensor, reading.Timestamp, always: unitChanged, isBefore: true);
            machines.Move(sensor, reading.Timestamp);
            alerts.FollowOutOfService(sensor, reading.Timestamp);
        }

        var seen = sensor.Learner?.Seen;
        if (sensor.Learn(reading))
        {
            storage.Update(sensor);
            changes.SetDetails(sensor);
            alerts.ChangeRules(sensor, reading.Timestamp, always: true, isBefore: true);
        }
        else if (sensor.Learner?.Seen is { } count && count != seen && count % LearnedEvery == 0)
        {
            // Progress is sent only occasionally: each update is a message with all details of the sensor.
            changes.SetDetails(sensor);
        }

        if (sensor.Limits?.IsBaseline(sensor.BaselineOf(reading)) == false)
            alerts.FollowLimits(sensor, until: reading.Timestamp);
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
