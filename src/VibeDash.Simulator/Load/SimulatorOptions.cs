using VibeDash.Demo.Events;
using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Load;

/// <summary>Fleet, rate and duration of a run. Immutable; a value outside its range cannot be set.</summary>
public sealed record SimulatorOptions : SendingOptions
{
    /// <summary>Upper limit of <see cref="Rate"/>, in events per second.</summary>
    public const double MaximumRate = 1_000_000;

    /// <summary>Upper limit of <see cref="Duration"/>, in seconds: ten days.</summary>
    public const double MaximumDuration = 864_000;

    /// <summary>Upper limit of <see cref="Connections"/>.</summary>
    public const int MaximumConnections = 100;

    /// <summary>Number of sensors, 1 to <see cref="SimulatedFleet.MaximumSize"/>; default <see cref="SimulatedFleet.DemoSize"/>.</summary>
    public int Sensors
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, SimulatedFleet.MaximumSize);
            field = value;
        }
    } = SimulatedFleet.DemoSize;

    /// <summary>Events per second of all sensors together, above 0 up to <see cref="MaximumRate"/>; null is one per second and sensor.</summary>
    public double? Rate
    {
        get;
        init
        {
            if (value is not (null or (> 0 and <= MaximumRate)))
                throw new ArgumentOutOfRangeException(nameof(value), value, "Must be above 0.");
            field = value;
        }
    }

    /// <summary>Duration of the run, zero to <see cref="MaximumDuration"/> seconds; zero, the default, is until cancelled.</summary>
    public TimeSpan Duration
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromSeconds(MaximumDuration));
            field = value;
        }
    }

    /// <summary>Seed of all random numbers; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Connections to the broker, 1 to <see cref="MaximumConnections"/>; default 1. Each has its own window and its own sensors.</summary>
    public int Connections
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumConnections);
            field = value;
        }
    } = 1;

    internal double EventsPerSecond => Rate ?? Sensors;
}
