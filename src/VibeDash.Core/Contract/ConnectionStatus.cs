namespace VibeDash.Core.Contract;

/// <summary>How the server stands with one of its brokers. Counts are since the server's start.</summary>
/// <param name="Name">The broker's name in the configuration.</param>
/// <param name="Address">Its address as <c>host:port</c>.</param>
/// <param name="Embedded">True for the server's own broker.</param>
/// <param name="State">State of the connection.</param>
/// <param name="Detail">Why it is not connected, in one sentence, or null.</param>
/// <param name="Since">Server time since which it is in this state.</param>
/// <param name="Messages">Messages received, the same one again included.</param>
/// <param name="Reconnects">Connections made after the first one.</param>
public sealed record ConnectionStatus(
    string Name, string Address, bool Embedded, BrokerState State, string? Detail, DateTimeOffset Since, long Messages, long Reconnects)
{
    /// <summary>What was agreed upon; null while not connected, and for the embedded broker.</summary>
    public NegotiatedConnection? Negotiated { get; init; }

    /// <summary>Clients that are connected to the embedded broker; null for others.</summary>
    public int? Clients { get; init; }

    /// <summary>What of it a person should know, a sentence each.</summary>
    public string[] Warnings { get; init; } = [];
}
