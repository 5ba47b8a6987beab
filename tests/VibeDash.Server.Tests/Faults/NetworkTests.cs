using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Faults between the server and an external broker.</summary>
public sealed class NetworkTests : IDisposable
{
    private const string Unlimited = "allow_anonymous true\nmax_queued_messages 0";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-network-").FullName;
    private string[] _sent = [];

    [Fact]
    public async Task Cut_off_again_and_again_under_load_nothing_is_lost_or_stored_twice()
    {
        await using var broker = new Mosquitto(Unlimited);
        await broker.StartAsync();
        await using var network = new TcpProxy(broker);
        await using (var server = await TestServer.StartAsync(_folder, network))
        {
            await server.ConnectedToBrokerAsync();
            await using var load = new SensorLoad(broker);
            var random = new Random(20261124);
            for (var cuts = 0; cuts < LongRun.Count(8, 20);)
            {
                await StoredMoreAsync(server, random.Next(1, 500));
                if (network.Cut())
                    cuts++;
            }

            _sent = await load.StopAsync();
            await StoredAsync(server, _sent.Length);
        }

        Evaluate();
    }

    [Fact]
    public async Task A_broker_that_restarts_with_its_session_loses_nothing()
    {
        await using var broker = new Mosquitto(Unlimited);
        await broker.StartAsync();
        await using (var server = await TestServer.StartAsync(_folder, broker))
        {
            await server.ConnectedToBrokerAsync();
            await using var load = new SensorLoad(broker);
            for (var restart = 0; restart < 3; restart++)
            {
                await StoredMoreAsync(server, 500);
                await broker.StopAsync();
                await broker.StartAsync();
            }

            await StoredMoreAsync(server, 500);
            _sent = await load.StopAsync();
            await StoredAsync(server, _sent.Length);
        }

        Evaluate();
    }

    [Fact]
    public async Task A_broker_that_is_killed_may_forget_what_it_had_not_saved_but_nothing_is_stored_twice()
    {
        await using var broker = new Mosquitto(Unlimited);
        await broker.StartAsync();
        await using (var server = await TestServer.StartAsync(_folder, broker))
        {
            await server.ConnectedToBrokerAsync();
            await using var load = new SensorLoad(broker);
            for (var kill = 0; kill < LongRun.Count(2, 5); kill++)
            {
                await StoredMoreAsync(server, 500);
                await broker.SavedAsync();
                await broker.KillAsync();
                await broker.StartAsync();
            }

            await StoredMoreAsync(server, 500);
            _sent = await load.StopAsync();

            // The broker delivers its backlog in order: this arrives last.
            await using (var sensor = await TestSensor.ConnectAsync(broker))
                await sensor.PublishAsync(TestSensor.Event(4, Noon, "VB-last", "last"), "VB-last");
            await Eventually.TrueAsync(async () => (await server.FleetAsync()).Sensors.Any(sensor => sensor.SensorId == "VB-last"), "the last event is stored");
            (await server.FleetAsync()).Status.Late.ShouldBe(0);
        }

        var stored = StoredRecord.Load(_folder);
        var ids = stored.Readings.Select(reading => reading.EventId).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine($"The broker forgot {_sent.Except(ids).Count()} of {_sent.Length} events");
        ids.Except(_sent).ShouldBe(["last"]);
        stored.ShouldBeAllOf(ids);
        stored.Journal.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task After_a_broker_that_has_lost_the_session_new_messages_flow_by_themselves()
    {
        await using var broker = new Mosquitto(Unlimited);
        await broker.StartAsync();
        await using (var server = await TestServer.StartAsync(_folder, broker))
        {
            await server.ConnectedToBrokerAsync();
            await using (var sensor = await TestSensor.ConnectAsync(broker))
                await PublishAsync(sensor, 0, 100);
            await StoredAsync(server, 100);

            await broker.StopAsync();
            await Eventually.TrueAsync(
                async () => (await server.FleetAsync()).Status.Broker == BrokerState.Disconnected, "the server knows that the broker is gone");
            File.Delete(Path.Combine(broker.Folder, "mosquitto.db"));
            await broker.StartAsync();
            await server.ConnectedToBrokerAsync();
            await using (var sensor = await TestSensor.ConnectAsync(broker))
                await PublishAsync(sensor, 100, 200);
            await StoredAsync(server, 200);
        }

        StoredRecord.Load(_folder).ShouldBeAllOf([.. Enumerable.Range(0, 200).Select(i => $"event-{i}")]);
    }

    [Fact]
    public async Task What_a_broker_sends_of_its_session_is_acknowledged_before_it_grants_the_subscription()
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var broker = new ConfiguredBroker(("Broker:Host", "127.0.0.1"), ("Broker:Port", $"{((IPEndPoint)listener.LocalEndpoint).Port}"));
        await using var server = await TestServer.StartAsync(_folder, broker);
        using var accepted = await listener.AcceptTcpClientAsync(cancelled);
        var stream = accepted.GetStream();
        await stream.ReadAtLeastAsync(new byte[512], 1, cancellationToken: cancelled);

        await stream.WriteAsync(PacketBytes.Of(new MqttConnAckPacket { IsSessionPresent = true }), cancelled);
        await stream.WriteAsync(
            PacketBytes.Of(new MqttPublishPacket
            {
                Topic = "sensors/VB-1/vibration",
                PayloadSegment = Encoding.UTF8.GetBytes(TestSensor.Event(4, Noon)),
                PacketIdentifier = 0x1234,
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            }),
            cancelled);

        // Without an answer to its subscription the server closes the connection.
        var (acknowledgement, buffer, length, read) = (PacketBytes.Of(new MqttPubAckPacket { PacketIdentifier = 0x1234 }), new byte[4096], 0, 1);
        for (; read > 0 && buffer.AsSpan(0, length).IndexOf(acknowledgement) < 0; length += read)
            read = await stream.ReadAsync(buffer.AsMemory(length), cancelled);
        read.ShouldBePositive();
        (await server.FleetAsync()).Status.Stored.ShouldBe(1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Evaluate()
    {
        var stored = StoredRecord.Load(_folder);
        stored.ShouldBeAllOf(_sent);
        stored.Journal.ShouldNotBeEmpty();
    }

    private static async Task PublishAsync(TestSensor sensor, int first, int end)
    {
        for (var i = first; i < end; i++)
            await sensor.PublishAsync(TestSensor.Event(i % 10 < 5 ? 4 : 41, Noon.AddSeconds(i), eventId: $"event-{i}"));
    }

    private static async Task StoredMoreAsync(TestServer server, int more) =>
        await StoredAsync(server, (await server.FleetAsync()).Status.Stored + more);

    private static Task StoredAsync(TestServer server, long readings) => Eventually.TrueAsync(
        async () => (await server.FleetAsync()).Status.Stored >= readings, $"{readings} readings are stored");
}
