namespace VibeDash.Simulator.Sending;

/// <summary>How events go to a broker. Immutable; a value outside its range cannot be set.</summary>
public abstract record SendingOptions
{
    /// <summary>Most events that may wait for their acknowledgement.</summary>
    public const int MaximumWindow = 10_000;

    /// <summary>Where the broker listens; 127.0.0.1:1883 when not set.</summary>
    public BrokerAddress Broker { get; init; } = new("127.0.0.1");

    /// <summary>User name at the broker; null is none.</summary>
    public string? User { get; init; }

    /// <summary>Password at the broker; null is none.</summary>
    public string? Password { get; init; }

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
}
