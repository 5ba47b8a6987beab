using MQTTnet;
using MQTTnet.Formatter;
using VibeDash.Core.Contract;
using VibeDash.Server.Mqtt.External;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>Interprets a broker's answers to CONNECT and SUBSCRIBE.</summary>
internal static class Negotiation
{
    // Below this, waiting for acknowledgements limits the storage rate, not the disk.
    private const int SmallReceiveMaximum = 100;

    /// <summary>The negotiated settings.</summary>
    public static NegotiatedConnection Result(
        BrokerOptions options, MqttProtocolVersion version, BrokerTls? tls, MqttClientConnectResult answer, MqttClientSubscribeResult subscribed)
    {
        var negotiated = new NegotiatedConnection(
            version == MqttProtocolVersion.V500 ? "5" : "3.1.1",
            options.ClientId,
            answer.IsSessionPresent,
            answer.ServerKeepAlive > 0 ? answer.ServerKeepAlive : (int)BrokerConnectOptions.KeepAlive.TotalSeconds,
            subscribed.Items.Min(item => (int)item.ResultCode))
        {
            Tls = tls?.Version,
        };
        if (version != MqttProtocolVersion.V500)
            return negotiated;

        // The library returns 0 for a number absent from the answer.
        var asked = (long)TimeSpan.FromHours(options.SessionExpiryHours).TotalSeconds;
        return negotiated with
        {
            ReceiveMaximum = options.ReceiveMaximum,
            BrokerReceiveMaximum = answer.ReceiveMaximum is > 0 and var maximum ? maximum : null,
            MaximumPacketSize = answer.MaximumPacketSize is > 0 and var size ? size : null,
            SessionExpiryAsked = asked,
            SessionExpiryGranted = answer.SessionExpiryInterval is > 0 and var expiry ? expiry : asked,
            RetainAvailable = answer.RetainAvailable,
            SharedSubscriptions = answer.SharedSubscriptionAvailable,
            ServerReference = string.IsNullOrEmpty(answer.ServerReference) ? null : answer.ServerReference,
        };
    }

    /// <summary>Warnings for operators.</summary>
    /// <param name="options">The broker's options.</param>
    /// <param name="sources">Its sources.</param>
    /// <param name="negotiated">The negotiated settings.</param>
    /// <param name="sessionLost">True when the session of an earlier connection of this server was lost.</param>
    public static IEnumerable<string> Warnings(BrokerOptions options, TopicSources sources, NegotiatedConnection negotiated, bool sessionLost)
    {
        if (sessionLost)
            yield return "The session was not present: the messages queued in the broker are lost.";
        if (negotiated.MaximumQos == 0)
            yield return "QoS is limited to 0: the broker does not guarantee delivery, and lost messages are not sent again.";
        if (negotiated.SessionExpiryGranted == 0)
            yield return "The session ends with the connection: messages published while the server is disconnected are lost.";
        else if (negotiated.SessionExpiryGranted < negotiated.SessionExpiryAsked)
            yield return $"The broker keeps the session for {Hours(negotiated.SessionExpiryGranted.Value)} instead of {Hours(negotiated.SessionExpiryAsked.Value)}.";
        if (negotiated.ReceiveMaximum < SmallReceiveMaximum)
            yield return $"Receive maximum {negotiated.ReceiveMaximum}: at most {negotiated.ReceiveMaximum} messages per commit.";
        if (negotiated.Protocol != "5")
        {
            yield return (options.SpeaksVersion5 ? "The broker refuses MQTT 5, so 3.1.1 is used: " : "MQTT 3.1.1: ")
                + "only the broker limits the messages in flight, and with them the messages per commit. Mosquitto's max_inflight_messages is 20 unless set.";
        }

        if (negotiated.SharedSubscriptions == false && sources.Subscriptions.Any(pattern => pattern.Share is not null))
            yield return "The broker does not support shared subscriptions ($share).";
        if (negotiated.ServerReference is { } other)
            yield return $"The broker refers to another server: {other}.";
        foreach (var (first, second) in sources.Overlaps)
            yield return $"The topic filters {first.Text} and {second.Text} overlap: the broker may deliver a message that matches both twice, and a number without a timestamp is then stored twice.";
    }

    private static string Hours(long seconds) => seconds < 7200 ? $"{seconds / 60} minutes" : $"{seconds / 3600} hours";
}
