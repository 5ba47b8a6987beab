namespace VibeDash.Core.Contract;

/// <summary>
/// What server and broker agreed upon when they connected. MQTT 3.1.1 has no word for much of it: that is null.
/// </summary>
/// <param name="Protocol">MQTT version: <c>5</c> or <c>3.1.1</c>.</param>
/// <param name="ClientId">The server's client id.</param>
/// <param name="SessionPresent">True when the broker still had the session of an earlier connection.</param>
/// <param name="KeepAliveSeconds">Longest silence of the server, in seconds: the broker's number, or the server's own when the broker names none.</param>
/// <param name="MaximumQos">The least quality of service the broker granted to one of the subscriptions.</param>
public sealed record NegotiatedConnection(string Protocol, string ClientId, bool SessionPresent, int KeepAliveSeconds, int MaximumQos)
{
    /// <summary>Version of TLS, for example <c>TLS 1.3</c>; null when the connection is not encrypted.</summary>
    public string? Tls { get; init; }

    /// <summary>Most messages the broker may send before the first is acknowledged, which it must keep to; null when it alone decides.</summary>
    public int? ReceiveMaximum { get; init; }

    /// <summary>Most messages the broker takes before it has acknowledged the first; null when it does not say.</summary>
    public int? BrokerReceiveMaximum { get; init; }

    /// <summary>Longest packet the broker takes, in bytes; null when it names no limit.</summary>
    public long? MaximumPacketSize { get; init; }

    /// <summary>How long the broker was asked to keep the session, in seconds; null when it alone decides.</summary>
    public long? SessionExpiryAsked { get; init; }

    /// <summary>How long it keeps it, in seconds: its own number, or what was asked when it names none.</summary>
    public long? SessionExpiryGranted { get; init; }

    /// <summary>Whether the broker keeps retained messages.</summary>
    public bool? RetainAvailable { get; init; }

    /// <summary>Whether the broker knows shared subscriptions.</summary>
    public bool? SharedSubscriptions { get; init; }

    /// <summary>Another server that the broker names; null when it names none.</summary>
    public string? ServerReference { get; init; }
}
