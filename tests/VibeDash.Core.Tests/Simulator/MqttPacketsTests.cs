using VibeDash.Simulator.Sending;

namespace VibeDash.Core.Tests.Simulator;

public sealed class MqttPacketsTests
{
    [Fact]
    public void A_connection_asks_for_a_clean_start_with_user_and_password()
    {
        MqttPackets.Connect("id", null, null, TimeSpan.FromSeconds(30)).ShouldBe(
            [0x10, 15, 0, 4, .. "MQTT"u8, 5, 0x02, 0, 30, 0, 0, 2, .. "id"u8]);
        MqttPackets.Connect("id", "u", "pw", TimeSpan.FromSeconds(300)).ShouldBe(
            [0x10, 22, 0, 4, .. "MQTT"u8, 5, 0xC2, 1, 44, 0, 0, 2, .. "id"u8, 0, 1, .. "u"u8, 0, 2, .. "pw"u8]);
    }

    [Theory]
    [InlineData("0000", 0, 65_535, 0)]
    [InlineData("008700", 0x87, 65_535, 0)]
    [InlineData("0000062100141300 0A", 0, 20, 10)]
    [InlineData("00000D 22000A 1200026869 2400 210014", 0, 20, 0)]
    [InlineData("00000D 260001 6B000276 76 110000 0001", 0, 65_535, 0)]
    public void What_a_broker_says_to_a_connection_is_read(string hex, byte reason, int receiveMaximum, int keepAlive) =>
        MqttPackets.ReadConnack(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)))
            .ShouldBe((reason, receiveMaximum, TimeSpan.FromSeconds(keepAlive)));

    [Theory]
    [InlineData(1, false, 0x32, 1)]
    [InlineData(200, true, 0x3A, 2)]
    [InlineData(20_000, false, 0x32, 3)]
    public void A_publish_tells_its_length_in_as_few_bytes_as_it_can(int payload, bool again, byte first, int lengthBytes)
    {
        var packet = new byte[50];

        var head = MqttPackets.StartPublish(packet, "a/b"u8, 0x0102, again, payload);

        packet[0].ShouldBe(first);
        MqttPackets.TryReadLength(packet.AsSpan(1), out var length, out var used).ShouldBeTrue();
        (used, length).ShouldBe((lengthBytes, head - 1 - used + payload));
        packet[(1 + used)..head].ShouldBe([0, 3, .. "a/b"u8, 1, 2, 0]);
    }

    [Fact]
    public void A_length_that_is_not_complete_is_waited_for_and_one_that_never_ends_refused()
    {
        MqttPackets.TryReadLength([0x80, 0x80], out _, out _).ShouldBeFalse();
        Should.Throw<InvalidDataException>(() => MqttPackets.TryReadLength([0x80, 0x80, 0x80, 0x80, 0x01], out _, out _));
    }

    [Fact]
    public void The_answer_to_a_publish_is_read()
    {
        MqttPackets.ReadPuback([1, 2]).ShouldBe(((ushort)0x0102, (byte)0));
        MqttPackets.ReadPuback([1, 2, 0x87, 0]).ShouldBe(((ushort)0x0102, (byte)0x87));
    }
}
