using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;

namespace VibeDash.Server.Mqtt.External;

/// <summary>Explains, in one sentence, why there is no connection to a broker.</summary>
internal static class BrokerFault
{
    /// <summary>Why connecting failed; null for a network fault, whose own message explains it.</summary>
    public static string? OfConnecting(Exception fault, BrokerTls? tls, MqttProtocolVersion version) =>
        tls?.Explain(fault) ?? fault switch
        {
            MqttConnectingFailedException { InnerException: MqttCommunicationException { InnerException: null } } when version == MqttProtocolVersion.V500 =>
                "The broker closed the connection without an answer. If it speaks MQTT 3.1.1 only, set Protocol to 3.1.1.",
            _ => null,
        };

    /// <summary>Why a connection ended.</summary>
    public static string OfConnection(MqttClientDisconnectedEventArgs disconnected) => disconnected.Exception?.GetBaseException() switch
    {
        null when disconnected.Reason == MqttClientDisconnectReason.NormalDisconnection => "The connection was closed.",
        null => $"The broker ended the connection: {disconnected.Reason}.",

        // Cancelled: even the ping could not be sent in time.
        MqttCommunicationTimedOutException or OperationCanceledException => Silent(BrokerConnectOptions.KeepAlive + BrokerConnectOptions.AnswerTimeout),
        var other => other.Message,
    };

    /// <summary>The broker does not respond.</summary>
    /// <param name="time">Duration of the silence.</param>
    public static string Silent(TimeSpan time) => $"The broker has not answered for {time.TotalSeconds:0} s.";
}
