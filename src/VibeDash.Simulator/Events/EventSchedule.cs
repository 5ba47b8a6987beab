using VibeDash.Core.Alerts;
using VibeDash.Core.Sensors;

namespace VibeDash.Simulator.Events;

/// <summary>
/// Every event a fleet will ever send, numbered by slot: the sensors take turns, a silent one leaves its slot empty. Any slot can be
/// asked for at any time and always holds the same event. Immutable, thread-safe.
/// </summary>
public sealed class EventSchedule
{
    private const string Exceeds = "Vibration level recorded exceeds the acceptable threshold. Immediate inspection required.";

    private static readonly double AcceptableRatio = AlertRule.Defaults.Min(rule => rule.ThresholdRatio);

    private readonly IReadOnlyList<SimulatedSensor> _sensors;
    private readonly DateTimeOffset _start;
    private readonly double _rate;
    private readonly Noise _measurements;
    private readonly Noise _eventIds;

    internal EventSchedule(Fleet fleet, DateTimeOffset start, double rate)
    {
        if (!(rate > 0 && double.IsFinite(rate)))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "Must be finite and positive.");
        _sensors = fleet.Sensors;
        _start = WholeMicroseconds(start.UtcTicks);
        _rate = rate;
        var noise = fleet.Noise.Branch(_start.Ticks);
        (_measurements, _eventIds) = (noise.Branch(0), noise.Branch(1));
    }

    /// <summary>Event time of a slot, from 0; whole microseconds.</summary>
    public DateTimeOffset TimeOf(long slot) => WholeMicroseconds(_start.Ticks + (long)(slot * (TimeSpan.TicksPerSecond / _rate)));

    /// <summary>How many slots are due at <paramref name="now"/>: all below that number.</summary>
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

    /// <summary>The event of a slot; null when its sensor is silent.</summary>
    public VibrationEvent? EventAt(long slot)
    {
        var sensor = _sensors[(int)(slot % _sensors.Count)];
        var timestamp = TimeOf(slot);
        if (sensor.LevelAt(timestamp - _start, _measurements.Normal(slot)) is not { } level)
            return null;

        var reading = new Reading(sensor.SensorId, timestamp, EventId.For(_eventIds, slot), level, sensor.Baseline, SimulatedSensor.Unit);
        return new(reading, sensor.Facts, level > AcceptableRatio * sensor.Baseline ? Exceeds : null);
    }

    private static DateTimeOffset WholeMicroseconds(long utcTicks) => new(utcTicks - (utcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
