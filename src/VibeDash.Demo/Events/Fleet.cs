using VibeDash.Core.Readings;

namespace VibeDash.Demo.Events;

/// <summary>The sensors of a simulated plant. Immutable, thread-safe; the same size and seed give the same fleet.</summary>
public sealed class Fleet
{
    /// <summary>Size of the demo's fleet.</summary>
    public const int DemoSize = 12;

    /// <summary>Largest fleet.</summary>
    public const int MaximumSize = 100_000;

    /// <summary>Creates a fleet.</summary>
    /// <param name="size">Number of sensors, 1 to <see cref="MaximumSize"/>. The first twelve are the demo's, the others are made up, mostly healthy.</param>
    /// <param name="seed">Decides everything random.</param>
    public Fleet(int size = DemoSize, int seed = 1)
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

    /// <summary>What the fleet sends from <paramref name="start"/> on.</summary>
    /// <param name="start">When the stories of the machines begin.</param>
    /// <param name="rate">Events a second over all sensors; positive.</param>
    public EventSchedule Schedule(DateTimeOffset start, double rate) => new(this, start, rate);

    /// <summary>What the fleet would have sent in a past stretch, in event-time order, produced as it is read and without waiting.</summary>
    /// <param name="from">Start of the stretch, inclusive, where the stories of the machines begin.</param>
    /// <param name="to">End of the stretch, exclusive.</param>
    /// <param name="interval">Time between two readings of one sensor; positive.</param>
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
