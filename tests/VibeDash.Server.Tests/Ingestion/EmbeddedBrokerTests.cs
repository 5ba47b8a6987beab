using System.Net.Sockets;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using Microsoft.Data.Sqlite;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class EmbeddedBrokerTests : WayOfAnEventTests
{
    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    [Fact]
    public async Task A_publish_is_acknowledged_only_after_its_commit()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(4, DateTimeOffset.UnixEpoch.AddYears(50)));

        Task publishing;
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(Folder, "vibedash.db")}"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var locking = other.BeginTransaction(deferred: false);
            publishing = sensor.PublishAsync(TestSensor.Event(5, DateTimeOffset.UnixEpoch.AddYears(51)));

            await Eventually.TrueAsync(async () => (await Server.FleetAsync()).Status.StorageFault is not null, "the server says that it cannot store");
            using var health = await Server.Http.GetAsync("health", TestContext.Current.CancellationToken);
            ((int)health.StatusCode).ShouldBe(503);
            publishing.IsCompleted.ShouldBeFalse();
            (await Server.FleetAsync()).Sensors.Single().Level.ShouldBe(4);
        }

        await publishing;
        await Eventually.TrueAsync(async () => (await Server.FleetAsync()).Status is { StorageFault: null, Stored: 2 }, "the reading is stored by itself when there is room");
        (await Server.Http.GetStringAsync("health", TestContext.Current.CancellationToken)).ShouldBe("Healthy");
        (await Server.FleetAsync()).Sensors.Single().Level.ShouldBe(5);
    }

    [Fact]
    public async Task Messages_on_topics_that_no_source_reads_are_counted_and_their_latest_topics_named()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        for (var i = 0; i < 25; i++)
            await sensor.PublishOnAsync($"zigbee2mqtt/bridge/lamp/{i}", "{}");
        for (var i = 0; i < 8; i++)
            await sensor.PublishOnAsync("sensor/VB-1/vibration", "{}");

        var broker = await Server.ConnectionAsync();
        (broker.Unread, broker.UnreadTopics.Length).ShouldBe((33, 20));
        var (topic, messages, _, nearest) = broker.UnreadTopics[0];
        (topic, messages, nearest).ShouldBe(("sensor/VB-1/vibration", 8, "sensors/+/vibration"));
        (broker.UnreadTopics[1].Topic, broker.UnreadTopics[1].Nearest).ShouldBe(("zigbee2mqtt/bridge/lamp/24", null));
    }

    [Fact]
    public async Task A_client_that_comes_again_at_once_under_its_id_is_let_in_and_answered()
    {
        // The race to exclude occurs once in several thousand times.
        await Parallel.ForEachAsync(Enumerable.Range(0, 4), TestContext.Current.CancellationToken, async (client, cancelled) =>
        {
            for (var i = 0; i < 1000; i++)
                await ComeAndGoAsync($"client-{client}", farewell: i % 2 == 0, cancelled);
        });

        await Eventually.TrueAsync(async () => (await Server.ConnectionAsync()).Clients == 0, "all of them are forgotten");
    }

    private async Task ComeAndGoAsync(string clientId, bool farewell, CancellationToken cancelled)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Broker.Port, cancelled);
        var stream = client.GetStream();
        await SendAsync(new MqttConnectPacket { ClientId = clientId, CleanSession = true });
        await stream.ReadExactlyAsync(new byte[4], cancelled);
        await SendAsync(MqttPingReqPacket.Instance);
        await stream.ReadExactlyAsync(new byte[2], cancelled);
        if (farewell)
            await SendAsync(new MqttDisconnectPacket());

        ValueTask SendAsync(MqttPacket packet) => stream.WriteAsync(PacketBytes.Of(packet, MqttProtocolVersion.V311), cancelled);
    }
}
