using VibeDash.Simulator.Events;

namespace VibeDash.Simulator.Sending;

/// <summary>What a run of the simulator does. Immutable; a value outside its range cannot be set.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Highest rate that may be asked for, in events a second.</summary>
    public const double MaximumRate = 1_000_000;

    /// <summary>Longest run, in seconds: ten days.</summary>
    public const double MaximumDuration = 864_000;

    /// <summary>Most connections.</summary>
    public const int MaximumConnections = 100;

    /// <summary>Most events that may wait for their acknowledgement.</summary>
    public const int MaximumWindow = 10_000;

    /// <summary>Where the broker listens; 127.0.0.1:1883 when not set.</summary>
    public BrokerAddress Broker { get; init; } = new("127.0.0.1");

    /// <summary>User name at the broker; null is none.</summary>
    public string? User { get; init; }

    /// <summary>Password at the broker; null is none.</summary>
    public string? Password { get; init; }

    /// <summary>Number of sensors, 1 to <see cref="Fleet.MaximumSize"/>; <see cref="Fleet.DemoSize"/> when not set.</summary>
    public int Sensors
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Fleet.MaximumSize);
            field = value;
        }
    } = Fleet.DemoSize;

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

    /// <summary>Most events sent and not yet acknowledged, 1 to <see cref="MaximumWindow"/>; 500 when not set. A broker may ask for fewer.</summary>
    public int Window
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumWindow);
            field = value;
        }
    } = 500;

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

    /// <summary>How long to wait at the end for what is not yet acknowledged, zero to a minute; 10 s when not set.</summary>
    public TimeSpan Grace
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(1));
            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>Called with the id of every acknowledged event, once each, in the order of sending on its connection, from one thread at a time; null is nobody.</summary>
    public Action<string>? Acknowledged { get; init; }

    /// <summary>The demo: <see cref="Fleet.DemoSize"/> sensors, a reading a second each, until cancelled, and then without delay.</summary>
    public static SimulatorOptions Demo(BrokerAddress broker) => new() { Broker = broker, Grace = TimeSpan.Zero };

    internal double EventsPerSecond => Rate ?? Sensors;
}
