using MQTTnet;
using MQTTnet.Protocol;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>Conversion of outbound messages to the MQTT library's type.</summary>
internal static class OutboundMessages
{
    /// <summary>Converts a message: QoS 1 when it is retained, else QoS 0.</summary>
    public static MqttApplicationMessage ToMqtt(this OutboundMessage message) => new MqttApplicationMessageBuilder()
        .WithTopic(message.Topic)
        .WithPayload(message.Payload)
        .WithRetainFlag(message.Retain)
        .WithQualityOfServiceLevel(message.Retain ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce)
        .Build();
}
