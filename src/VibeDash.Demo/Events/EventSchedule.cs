using System.Runtime.CompilerServices;
using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Demo.Events;

/// <summary>
/// All events of a fleet, numbered by slot. The sensors take turns; the slot of a silent sensor is empty. Slots can be read in any order, and a slot
/// always holds the same event. Thread-safe.
/// </summary>
public sealed class EventSchedule
{
    /// <summary>How far a sender may fall behind the schedule; it leaves out events that are older.</summary>
    public static readonly TimeSpan MaximumLag = TimeSpan.FromSeconds(1);

    private const string Exceeds = "Vibration level recorded exceeds the acceptable threshold. Immediate inspection required.";

    private static readonly TimeSpan MinimumPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(1);
    private static readonly double AcceptableRatio = AlertRule.Defaults.Single(rule => rule.Kind == ConditionKind.BaselineMultiple).Tiers[0].Threshold;

    private readonly IReadOnlyList<SimulatedSensor> _sensors;
    private readonly DateTimeOffset _start;
    private readonly double _rate;
    private readonly Noise _measurements;
    private readonly Noise _eventIds;

    // Made on first use. Two threads may make the same text twice, which does no harm.
    private readonly SensorText?[] _texts;

    internal EventSchedule(SimulatedFleet fleet, DateTimeOffset start, double rate)
    {
        if (!(rate > 0 && double.IsFinite(rate)))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "Must be finite and positive.");
        _sensors = fleet.Sensors;
        _texts = new SensorText?[_sensors.Count];
        _start = WholeMicroseconds(start.UtcTicks);
        _rate = rate;
        var noise = fleet.Noise.Branch(_start.Ticks);
        (_measurements, _eventIds) = (noise.Branch(0), noise.Branch(1));
    }

    /// <summary>Number of the sensor whose turn a slot is.</summary>
    public int SensorOf(long slot) => (int)(slot % _sensors.Count);

    /// <summary>Event time of a slot, from 0; whole microseconds.</summary>
    public DateTimeOffset TimeOf(long slot) => WholeMicroseconds(_start.Ticks + (long)(slot * (TimeSpan.TicksPerSecond / _rate)));

    /// <summary>Number of slots due at <paramref name="now"/>; they are the slots below that number.</summary>
    public long DueAt(DateTimeOffset now)
    {
        if (now < _start)
            return 0;
        var slot = (long)((now - _start).TotalSeconds * _rate);
        while (TimeOf(slot) <= now)
            slot++;
        while (slot > 0 && TimeOf(slot - 1) > now)
            slot--;
        return slot;
    }

    /// <summary>
    /// The events as they fall due, until cancelled. A batch is never empty and holds the events that fell due since the previous one was taken,
    /// at most <see cref="MaximumLag"/> old.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<IReadOnlyList<VibrationEvent>> DueAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var slot = 0L; ;)
        {
            var now = time.GetUtcNow();
            var events = new List<VibrationEvent>();
            for (slot = Math.Max(slot, DueAt(now - MaximumLag)); TimeOf(slot) <= now; slot++)
            {
                if (EventAt(slot) is { } vibrationEvent)
                    events.Add(vibrationEvent);
            }

            if (events.Count > 0)
                yield return events;
            await Task.Delay(PauseUntil(slot, time), time, cancellationToken);
        }
    }

    /// <summary>How long to wait for a slot before the clock is read again, 1 ms to 1 s.</summary>
    public TimeSpan PauseUntil(long slot, TimeProvider time)
    {
        var wait = TimeOf(slot) - time.GetUtcNow();
        return wait < MinimumPause ? MinimumPause : wait > MaximumPause ? MaximumPause : wait;
    }

    /// <summary>The event of a slot; null when its sensor is silent.</summary>
    public VibrationEvent? EventAt(long slot)
    {
        if (MeasurementAt(slot) is not { } measurement)
            return null;

        var sensor = _sensors[measurement.Sensor];
        var reading = new Reading(sensor.SensorId, measurement.Timestamp, EventIdOf(slot), measurement.Level, sensor.Baseline, SimulatedSensor.Unit);
        return new(reading, sensor.Facts, measurement.Exceeds ? Exceeds : null);
    }

    /// <summary>The measurement in the event of a slot; null when its sensor is silent.</summary>
    public Measurement? MeasurementAt(long slot)
    {
        var number = SensorOf(slot);
        var sensor = _sensors[number];
        var timestamp = TimeOf(slot);
        return sensor.LevelAt(timestamp - _start, _measurements.Normal(slot)) is { } level
            ? new(slot, number, timestamp, level, level > AcceptableRatio * sensor.Baseline)
            : null;
    }

    /// <summary>The id of the event of a slot.</summary>
    public string EventIdOf(long slot) => EventId.For(_eventIds, slot);

    /// <summary>The topic of a sensor's events, in UTF-8.</summary>
    public ReadOnlyMemory<byte> TopicOf(int sensor) => TextOf(sensor).Topic;

    /// <summary>Maximum length of a sensor's payloads, in bytes.</summary>
    public int MaximumPayloadLengthOf(int sensor) => TextOf(sensor).MaximumLength;

    /// <summary>Writes the bytes that <see cref="EventPayload.Write"/> gives for the event, without allocating.</summary>
    /// <param name="measurement">A measurement of this schedule.</param>
    /// <param name="payload">At least <see cref="MaximumPayloadLengthOf"/> bytes.</param>
    /// <returns>Number of bytes written.</returns>
    public int WritePayload(in Measurement measurement, Span<byte> payload) => TextOf(measurement.Sensor).Write(measurement, _eventIds, payload);

    private SensorText TextOf(int sensor) => _texts[sensor] ??= new SensorText(_sensors[sensor], Exceeds);

    private static DateTimeOffset WholeMicroseconds(long utcTicks) => new(utcTicks - (utcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
