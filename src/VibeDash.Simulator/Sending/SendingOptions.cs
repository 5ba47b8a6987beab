namespace VibeDash.Simulator.Sending;

/// <summary>The broker and how events are published to it. Immutable; a value outside its range cannot be set.</summary>
public abstract record SendingOptions
{
    /// <summary>Upper limit of <see cref="Window"/>.</summary>
    public const int MaximumWindow = 10_000;

    /// <summary>The broker; default 127.0.0.1:1883.</summary>
    public BrokerAddress Broker { get; init; } = new("127.0.0.1");

    /// <summary>User name for the broker; null for none.</summary>
    public string? User { get; init; }

    /// <summary>Password for the broker; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Maximum number of events in flight on a connection, 1 to <see cref="MaximumWindow"/>; default 500. The broker may allow fewer.</summary>
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

    /// <summary>How long to wait at the end for outstanding acknowledgements, zero to one minute; default 10 s.</summary>
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

    /// <summary>Called once with the id of every acknowledged event, in the order in which its connection sent them, by one thread at a time.</summary>
    public Action<string>? Acknowledged { get; init; }
}
