namespace VibeDash.Core.Contract;

/// <summary>State of the connection to one broker. Counts are since the server started.</summary>
/// <param name="Name">Name of the broker in the configuration.</param>
/// <param name="Address">Broker address as <c>host:port</c>.</param>
/// <param name="Embedded">True for the embedded broker.</param>
/// <param name="State">State of the connection.</param>
/// <param name="Detail">Why there is no connection, in one sentence, or null.</param>
/// <param name="Since">Server time of the last change of <paramref name="State"/>.</param>
/// <param name="Messages">Messages received, redelivered ones included.</param>
/// <param name="Reconnects">Connections after the first one.</param>
public sealed record ConnectionStatus(
    string Name, string Address, bool Embedded, BrokerState State, string? Detail, DateTimeOffset Since, long Messages, long Reconnects)
{
    /// <summary>The negotiated parameters; null while not connected, and for the embedded broker.</summary>
    public NegotiatedConnection? Negotiated { get; init; }

    /// <summary>Number of clients connected to the embedded broker; null for other brokers.</summary>
    public int? Clients { get; init; }

    /// <summary>Address of the embedded broker for TLS as <c>host:port</c>; null without one, and for other brokers.</summary>
    public string? TlsAddress { get; init; }

    /// <summary>Messages on topics that no source reads.</summary>
    public long Unread { get; init; }

    /// <summary>Their latest topics, latest first; at most <see cref="UnreadTopic.Maximum"/>.</summary>
    public UnreadTopic[] UnreadTopics { get; init; } = [];

    /// <summary>Warnings for people about this connection, one sentence each.</summary>
    public string[] Warnings { get; init; } = [];
}
