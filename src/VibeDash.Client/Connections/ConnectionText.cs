using System.Globalization;
using VibeDash.Client.Ui;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Connections;

/// <summary>Texts about a broker connection, for readers who do not know MQTT.</summary>
public static class ConnectionText
{
    /// <summary>Name of the state.</summary>
    public static string State(ConnectionStatus connection) => connection.State switch
    {
        BrokerState.Connected => connection.Embedded ? "Listening" : "Connected",
        BrokerState.Connecting => connection.Embedded ? "Starting" : "Connecting",
        _ => "Not connected",
    };

    /// <summary>Name and value of each fact, in display order.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(ConnectionStatus connection)
    {
        yield return ("Address", connection.Address + (connection.Embedded ? ", VibeDash's own broker" : ""));
        if (connection.TlsAddress is { } encrypted)
            yield return ("TLS", encrypted == connection.Address ? "all connections are encrypted" : encrypted);
        if (connection.Clients is { } clients)
            yield return ("Clients", clients == 1 ? "1 connected" : $"{Numbers.Count(clients)} connected");
        if (connection.Negotiated is { } negotiated)
        {
            foreach (var fact in Facts(negotiated))
                yield return fact;
        }

        yield return ("Messages", $"{Grouped(connection.Messages)} received since the server started");
        if (!connection.Embedded)
            yield return ("Reconnects", Grouped(connection.Reconnects));
    }

    private static IEnumerable<(string Name, string Value)> Facts(NegotiatedConnection negotiated)
    {
        yield return ("Protocol", $"MQTT {negotiated.Protocol}, {negotiated.Tls ?? "not encrypted"}");
        yield return ("Client id", negotiated.ClientId);
        yield return ("Session", (negotiated.SessionPresent ? "resumed" : "new") + negotiated.SessionExpiryGranted switch
        {
            null => "; kept as long as the broker decides",
            0 => "; not kept",
            var seconds => $"; kept for {DurationText.Of(TimeSpan.FromSeconds(seconds.Value))} while the server is away",
        });
        yield return ("In flight", negotiated.ReceiveMaximum is { } maximum
            ? $"at most {Grouped(maximum)} messages, then the broker waits for their commit"
            : "as many messages as the broker allows, then it waits for their commit");
        yield return ("Delivery", negotiated.MaximumQos switch
        {
            0 => "QoS 0: at most once, lost messages are not sent again",
            1 => "QoS 1: sent again until stored",
            _ => "QoS 2: exactly once",
        });
        yield return ("Keep-alive", $"a ping every {negotiated.KeepAliveSeconds.ToString(CultureInfo.InvariantCulture)} s");
        if (negotiated.RetainAvailable is { } retain && negotiated.SharedSubscriptions is { } shared)
            yield return ("Broker supports", (retain, shared) switch
            {
                (true, true) => "retained messages, shared subscriptions",
                (true, false) => "retained messages; no shared subscriptions",
                (false, true) => "shared subscriptions; no retained messages",
                _ => "neither retained messages nor shared subscriptions",
            });
        if (negotiated.MaximumPacketSize is { } size)
            yield return ("Broker accepts", $"packets of at most {Grouped(size)} bytes");
        if (negotiated.ServerReference is { } other)
            yield return ("Other server", other);
    }

    private static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
