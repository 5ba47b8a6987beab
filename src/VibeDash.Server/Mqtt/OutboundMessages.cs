using MQTTnet;
using MQTTnet.Protocol;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>Messages of the server in the form of the MQTT library.</summary>
internal static class OutboundMessages
{
    /// <summary>The message as the library publishes it: with QoS 1 when it is retained, else with QoS 0.</summary>
    public static MqttApplicationMessage ToMqtt(this OutboundMessage message) => new MqttApplicationMessageBuilder()
        .WithTopic(message.Topic)
        .WithPayload(message.Payload)
        .WithRetainFlag(message.Retain)
        .WithQualityOfServiceLevel(message.Retain ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce)
        .Build();
}
