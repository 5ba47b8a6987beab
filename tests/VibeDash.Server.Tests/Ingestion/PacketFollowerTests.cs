using MQTTnet.Protocol;
using VibeDash.Server.Mqtt.Embedded;
using VibeDash.Server.Mqtt.External;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class PacketFollowerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Packets_are_followed_in_pieces_of_any_size(int piece)
    {
        byte[] packets = [0xC0, 0, 0x30, 3, 0, 1, (byte)'a', 0x30, 0x80, 0x02, .. new byte[256], 0xE0, 0];
        var follower = new PacketFollower();
        for (var i = 0; i < packets.Length; i += piece)
            follower.Follow(packets.AsSpan(i, Math.Min(piece, packets.Length - i)));
        follower.IsUnderWay.ShouldBeFalse();

        follower.Follow([0x30]);
        follower.IsUnderWay.ShouldBeTrue();
        follower.Follow([2]);
        follower.Left.ShouldBe(2);
    }

    [Theory]
    [InlineData(0x10, EmbeddedBrokerLimits.PacketBytes)]
    [InlineData(0x82, EmbeddedBrokerLimits.PacketBytes)]
    [InlineData(0x30, EmbeddedBrokerLimits.MessageBytes)]
    [InlineData(0x3D, EmbeddedBrokerLimits.MessageBytes)]
    public void A_packet_that_announces_more_than_its_kind_may_have_is_refused(byte type, int longest)
    {
        var follower = new PacketFollower();
        follower.Follow([type, .. Length(longest)]);
        follower.Left.ShouldBe(longest);

        Should.Throw<RefusedPacketException>(() =>
        {
            var other = new PacketFollower();
            other.Follow([type, .. Length(longest + 1)]);
        }).Reason.ShouldBe(MqttDisconnectReasonCode.PacketTooLarge);
    }

    [Fact]
    public void A_length_without_an_end_is_refused() => Should.Throw<RefusedPacketException>(() =>
    {
        var follower = new PacketFollower();
        follower.Follow([0x10, 0x80, 0x80, 0x80, 0x80]);
    }).Reason.ShouldBe(MqttDisconnectReasonCode.MalformedPacket);

    private static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length & 127) | (length > 127 ? 128 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. bytes];
    }
}
