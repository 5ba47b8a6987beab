using System.Buffers;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>MQTT packets in their wire format.</summary>
internal static class PacketBytes
{
    /// <summary>The formatter of a version.</summary>
    public static MqttPacketFormatterAdapter Formatter(MqttProtocolVersion version) => new(version, new MqttBufferWriter(4096, 65535));

    /// <summary>The bytes of a packet.</summary>
    public static byte[] Of(MqttPacket packet, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var encoded = Formatter(version).Encode(packet);
        return [.. encoded.Packet, .. encoded.Payload.ToArray()];
    }
}
