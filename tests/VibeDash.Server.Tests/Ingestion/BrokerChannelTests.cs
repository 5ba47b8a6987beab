using System.Text;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using VibeDash.Core.Payloads;
using VibeDash.Server.Mqtt.External;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>Messages parsed from a broker's bytes, however the network fragments them.</summary>
public sealed class BrokerChannelTests : IDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly ScriptedSocket _socket = new();
    private readonly List<(SourceMessage Message, string Payload)> _received = [];
    private Func<ValueTask> _room = () => ValueTask.CompletedTask;

    public void Dispose() => _socket.Dispose();

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Messages_are_the_same_wherever_they_are_cut(MqttProtocolVersion version)
    {
        MqttPublishPacket[] sent =
        [
            Publish("sensors/VB-1/vibration", "first", 1),
            Publish("sensors/Ölpumpe/vibration", new string('x', 300), 65535),
            Publish("a", "", 3),
            Publish("quality/0", "none", 0, MqttQualityOfServiceLevel.AtMostOnce),
        ];
        var bytes = sent.SelectMany(packet => PacketBytes.Of(packet, version)).ToArray();
        for (var size = 1; size <= bytes.Length; size++)
        {
            _received.Clear();
            var socket = new ScriptedSocket();
            foreach (var piece in bytes.Chunk(size))
                socket.Give(piece);
            socket.End();

            (await Channel(version, socket).ReceivePacketAsync(Cancelled)).ShouldBeNull();

            _received.Select(received => (received.Message.Topic, received.Payload, received.Message.PacketId))
                .ShouldBe(sent.Select(packet => (packet.Topic, Encoding.UTF8.GetString(packet.Payload), packet.PacketIdentifier)), $"cut into {size}");
        }
    }

    [Fact]
    public async Task What_is_the_clients_is_handed_on_between_messages()
    {
        var acknowledged = new MqttSubAckPacket { PacketIdentifier = 7, ReasonCodes = [MqttSubscribeReasonCode.GrantedQoS1] };
        _socket.Give([.. PacketBytes.Of(Publish("a", "1", 1)), .. PacketBytes.Of(acknowledged), .. PacketBytes.Of(Publish("a", "2", 2))]);
        _socket.End();
        var channel = Channel();

        (await channel.ReceivePacketAsync(Cancelled)).ShouldBeOfType<MqttSubAckPacket>().PacketIdentifier.ShouldBe((ushort)7);
        _received.Select(received => received.Payload).ShouldBe(["1"]);
        (await channel.ReceivePacketAsync(Cancelled)).ShouldBeNull();
        _received.Select(received => received.Payload).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Flags_and_properties_are_kept()
    {
        var publish = Publish("a", "{}", 5);
        (publish.Dup, publish.Retain, publish.ContentType) = (true, true, "application/json");
        publish.UserProperties = [new("id", Encoding.UTF8.GetBytes("e-1")), new("source", Encoding.UTF8.GetBytes("/gw"))];
        _socket.Give(PacketBytes.Of(publish));
        _socket.End();

        await Channel().ReceivePacketAsync(Cancelled);

        var (message, payload) = _received.ShouldHaveSingleItem();
        (message.Redelivered, message.Retained, message.ContentType, payload).ShouldBe((true, true, "application/json", "{}"));
        message.UserProperties.ShouldBe([KeyValuePair.Create("id", "e-1"), KeyValuePair.Create("source", "/gw")]);
    }

    [Fact]
    public async Task Of_a_packet_that_is_far_too_long_the_start_is_kept_and_the_next_one_is_found()
    {
        var huge = PacketBytes.Of(Publish("a", new string('x', 3_000_000), 1));
        foreach (var piece in huge.Chunk(50_000))
            _socket.Give(piece);
        _socket.Give(PacketBytes.Of(Publish("a", "next", 2)));
        _socket.End();

        await Channel().ReceivePacketAsync(Cancelled);

        _received.Select(received => (received.Message.PayloadBytes, received.Message.PacketId)).ShouldBe([(3_000_000, (ushort)1), (4, (ushort)2)]);
        _received[0].Payload.Length.ShouldBeInRange(1024 * 1024, 2 * 1024 * 1024);
    }

    [Fact]
    public async Task A_length_that_no_packet_can_have_ends_the_connection()
    {
        _socket.Give(0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F);

        await Should.ThrowAsync<MqttProtocolViolationException>(Channel().ReceivePacketAsync(Cancelled));
    }

    [Fact]
    public async Task A_topic_longer_than_its_packet_ends_the_connection()
    {
        _socket.Give(0x32, 0x04, 0x00, 0x40, 0x61, 0x61);

        await Should.ThrowAsync<ArgumentException>(Channel().ReceivePacketAsync(Cancelled));
    }

    [Fact]
    public async Task Acknowledgements_go_out_in_order_and_together()
    {
        var channel = Channel();
        foreach (var packetId in new ushort[] { 1, 0x1234, 2 })
            channel.Acknowledge(packetId);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var sending = channel.SendAcknowledgementsAsync(stop.Token);

        (await _socket.Written.ReadAsync(Cancelled)).ShouldBe(
            new MqttPubAckPacket[] { new() { PacketIdentifier = 1 }, new() { PacketIdentifier = 0x1234 }, new() { PacketIdentifier = 2 } }
                .SelectMany(packet => PacketBytes.Of(packet)));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);
    }

    [Fact]
    public async Task While_there_is_no_room_for_a_message_pings_are_answered_and_nothing_is_read()
    {
        var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _room = () => new ValueTask(room.Task);
        var channel = Channel();
        _socket.Give([.. PacketBytes.Of(Publish("a", "1", 1)), .. PacketBytes.Of(MqttPingRespPacket.Instance), .. PacketBytes.Of(Publish("a", "2", 2)), .. PacketBytes.Of(MqttPingRespPacket.Instance)]);
        _socket.End();

        var packet = channel.ReceivePacketAsync(Cancelled);
        packet.IsCompleted.ShouldBeFalse();
        await channel.SendPacketAsync(MqttPingReqPacket.Instance, Cancelled);
        (await packet).ShouldBeOfType<MqttPingRespPacket>();
        _received.Select(received => received.Payload).ShouldBe(["1"]);

        // The broker's answer to that ping is discarded; the next one belongs to the client.
        _room = () => ValueTask.CompletedTask;
        room.SetResult();
        (await channel.ReceivePacketAsync(Cancelled)).ShouldBeOfType<MqttPingRespPacket>();
        _received.Select(received => received.Payload).ShouldBe(["1", "2"]);
        (await channel.ReceivePacketAsync(Cancelled)).ShouldBeNull();
    }

    private static MqttPublishPacket Publish(string topic, string payload, ushort packetId, MqttQualityOfServiceLevel quality = MqttQualityOfServiceLevel.AtLeastOnce) => new()
    {
        Topic = topic,
        PayloadSegment = Encoding.UTF8.GetBytes(payload),
        PacketIdentifier = packetId,
        QualityOfServiceLevel = quality,
    };

    private BrokerChannel Channel(MqttProtocolVersion version = MqttProtocolVersion.V500, ScriptedSocket? socket = null)
    {
        socket ??= _socket;
        return new(() => socket, new MqttChannelAdapter(socket, PacketBytes.Formatter(version), new MqttNetNullLogger()), (message, _) =>
        {
            _received.Add((message, Encoding.UTF8.GetString(message.Payload.Span)));
            return _room();
        });
    }
}
