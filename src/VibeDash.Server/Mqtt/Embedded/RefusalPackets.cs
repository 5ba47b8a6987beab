using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>The answers to what a client of the embedded broker may not do.</summary>
internal static class RefusalPackets
{
    /// <summary>To a client with a certificate of no valid key, or with a last will that is not its own to publish.</summary>
    public static MqttConnAckPacket NotAuthorized() => new()
    {
        ReasonCode = MqttConnectReasonCode.NotAuthorized,
        ReturnCode = MqttConnectReturnCode.ConnectionRefusedNotAuthorized,
    };

    /// <summary>To a client whose user name and password are no valid key.</summary>
    public static MqttConnAckPacket WrongPassword() => new()
    {
        ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword,
        ReturnCode = MqttConnectReturnCode.ConnectionRefusedBadUsernameOrPassword,
    };

    /// <summary>To a publish of QoS 1 or 2; the reason gets to the client in MQTT 5 only.</summary>
    public static MqttPacket NotAuthorized(MqttPublishPacket publish) => publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce
        ? new MqttPubAckPacket { PacketIdentifier = publish.PacketIdentifier, ReasonCode = MqttPubAckReasonCode.NotAuthorized }
        : new MqttPubRecPacket { PacketIdentifier = publish.PacketIdentifier, ReasonCode = MqttPubRecReasonCode.NotAuthorized };

    /// <summary>To a subscription: none of its filters is granted.</summary>
    public static MqttSubAckPacket Of(MqttSubscribePacket subscribe, MqttSubscribeReasonCode reason) => new()
    {
        PacketIdentifier = subscribe.PacketIdentifier,
        ReasonCodes = [.. subscribe.TopicFilters.Select(_ => reason)],
    };
}
