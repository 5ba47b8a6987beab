using VibeDash.Core.Readings;

namespace VibeDash.Demo.Events;

/// <summary>The sensors of a simulated plant; the same size and seed give the same fleet. Immutable, thread-safe.</summary>
public sealed class SimulatedFleet
{
    /// <summary>Number of sensors in the demo.</summary>
    public const int DemoSize = 12;

    /// <summary>Maximum number of sensors.</summary>
    public const int MaximumSize = 100_000;

    /// <summary>Creates a fleet.</summary>
    /// <param name="size">Number of sensors, 1 to <see cref="MaximumSize"/>. The first twelve are those of the demo; the others are generated, most of them on healthy machines.</param>
    /// <param name="seed">Seed of all random numbers.</param>
    public SimulatedFleet(int size = DemoSize, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaximumSize);
        Noise = new Noise((ulong)seed);
        var further = Noise.Branch(-1);
        Sensors =
        [
            .. DemoMachines.Sensors.Take(size),
            .. Enumerable.Range(0, Math.Max(0, size - DemoSize)).Select(number => GeneratedMachines.Sensor(further, number)),
        ];
    }

    /// <summary>The sensors.</summary>
    public IReadOnlyList<SimulatedSensor> Sensors { get; }

    internal Noise Noise { get; }

    /// <summary>The events from <paramref name="start"/> on.</summary>
    /// <param name="start">When the machines begin their cycles.</param>
    /// <param name="rate">Events a second over all sensors; positive.</param>
    public EventSchedule Schedule(DateTimeOffset start, double rate) => new(this, start, rate);

    /// <summary>The events of a past interval, in event-time order; produced while they are read.</summary>
    /// <param name="from">Start of the interval, inclusive; the machines begin their cycles then.</param>
    /// <param name="to">End of the interval, exclusive.</param>
    /// <param name="interval">Time between two events of one sensor; positive.</param>
    public IEnumerable<VibrationEvent> History(DateTimeOffset from, DateTimeOffset to, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        var schedule = Schedule(from, Sensors.Count / interval.TotalSeconds);
        for (long slot = 0; schedule.TimeOf(slot) < to; slot++)
        {
            if (schedule.EventAt(slot) is { } vibrationEvent)
                yield return vibrationEvent;
        }
    }
}
