using VibeDash.Demo.Events;
using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Load;

/// <summary>What a run of the simulator does. Immutable; a value outside its range cannot be set.</summary>
public sealed record SimulatorOptions : SendingOptions
{
    /// <summary>Highest rate that may be asked for, in events a second.</summary>
    public const double MaximumRate = 1_000_000;

    /// <summary>Longest run, in seconds: ten days.</summary>
    public const double MaximumDuration = 864_000;

    /// <summary>Most connections.</summary>
    public const int MaximumConnections = 100;

    /// <summary>Number of sensors, 1 to <see cref="SimulatedFleet.MaximumSize"/>; <see cref="SimulatedFleet.DemoSize"/> when not set.</summary>
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

    /// <summary>Events a second over all sensors together, above 0 to <see cref="MaximumRate"/>; null is one a second for every sensor.</summary>
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

    /// <summary>How long to send, zero to <see cref="MaximumDuration"/> seconds; zero, when not set, is until cancelled.</summary>
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

    /// <summary>Decides everything random; 1 when not set.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Connections to the broker, 1 to <see cref="MaximumConnections"/>; 1 when not set. Each has a window of its own, and sensors of its own.</summary>
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
