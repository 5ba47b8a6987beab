using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>A client does what <see cref="EmbeddedBrokerLimits"/> or the protocol forbid; its connection ends.</summary>
/// <param name="reason">What a client that speaks MQTT 5 is told.</param>
/// <param name="message">The same, for the log.</param>
internal sealed class RefusedPacketException(MqttDisconnectReasonCode reason, string message) : MqttCommunicationException(message)
{
    /// <summary>What a client that speaks MQTT 5 is told.</summary>
    public MqttDisconnectReasonCode Reason => reason;
}
