namespace VibeDash.Core.Contract;

/// <summary>
/// Parameters negotiated by server and broker when they connected. Those that MQTT 3.1.1 does not negotiate are null.
/// </summary>
/// <param name="Protocol">MQTT version: <c>5</c> or <c>3.1.1</c>.</param>
/// <param name="ClientId">The server's client id.</param>
/// <param name="SessionPresent">True when the broker still had the session of an earlier connection.</param>
/// <param name="KeepAliveSeconds">Maximum silence of the server, in seconds: the broker's value, or the server's own when the broker gives none.</param>
/// <param name="MaximumQos">Lowest quality of service that the broker granted to any subscription.</param>
public sealed record NegotiatedConnection(string Protocol, string ClientId, bool SessionPresent, int KeepAliveSeconds, int MaximumQos)
{
    /// <summary>TLS version, e.g. <c>TLS 1.3</c>; null when the connection is not encrypted.</summary>
    public string? Tls { get; init; }

    /// <summary>Maximum number of unacknowledged messages that the broker may send; null when the broker alone decides.</summary>
    public int? ReceiveMaximum { get; init; }

    /// <summary>Maximum number of unacknowledged messages that the broker accepts; null when it gives none.</summary>
    public int? BrokerReceiveMaximum { get; init; }

    /// <summary>Maximum length of a packet that the broker accepts, in bytes; null when it gives no limit.</summary>
    public long? MaximumPacketSize { get; init; }

    /// <summary>Requested session expiry, in seconds; null when the broker alone decides.</summary>
    public long? SessionExpiryAsked { get; init; }

    /// <summary>Granted session expiry, in seconds: the broker's value, or the requested one when it gives none.</summary>
    public long? SessionExpiryGranted { get; init; }

    /// <summary>Whether the broker supports retained messages.</summary>
    public bool? RetainAvailable { get; init; }

    /// <summary>Whether the broker supports shared subscriptions.</summary>
    public bool? SharedSubscriptions { get; init; }

    /// <summary>Another server to which the broker refers; null when it gives none.</summary>
    public string? ServerReference { get; init; }
}
