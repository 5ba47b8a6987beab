using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>A client violates <see cref="EmbeddedBrokerLimits"/> or the protocol; its connection ends.</summary>
/// <param name="reason">Reason code sent to an MQTT 5 client.</param>
/// <param name="message">The reason, for the log.</param>
internal sealed class RefusedPacketException(MqttDisconnectReasonCode reason, string message) : MqttCommunicationException(message)
{
    /// <summary>Reason code sent to an MQTT 5 client.</summary>
    public MqttDisconnectReasonCode Reason => reason;
}
