using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>Two external brokers and the embedded one at the same time.</summary>
public sealed class SeveralBrokersTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-brokers-").FullName;
    private readonly Mosquitto _north = new();
    private readonly Mosquitto _south = new();
    private readonly EmbeddedTestBroker _own = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        await _north.StartAsync();
        await using var settings = new ConfiguredBroker(
            ("Brokers:0:Name", "north"), ("Brokers:0:Host", "127.0.0.1"), ("Brokers:0:Port", $"{_north.Port}"),
            ("Brokers:1:Name", "own"), ("Brokers:1:Port", $"{_own.Port}"),
            ("Brokers:2:Name", "south"), ("Brokers:2:Host", "127.0.0.1"), ("Brokers:2:Port", $"{_south.Port}"), ("Brokers:2:Protocol", "3.1.1"),
            ("Sources:0:TopicFilter", "sensors/+/vibration"),
            ("Sources:1:TopicFilter", "rms/{sensor}"), ("Sources:1:Profile", "Number"), ("Sources:1:Unit", "g"), ("Sources:1:Broker", "north"));
        _server = await TestServer.StartAsync(_folder, settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _north.DisposeAsync();
        await _south.DisposeAsync();
        await _own.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_broker_that_is_down_holds_up_none_of_the_others_and_comes_by_itself()
    {
        var south = await StateAsync("south", BrokerState.Disconnected);
        await StateAsync("north", BrokerState.Connected);
        (await StateAsync("own", BrokerState.Connected)).ShouldSatisfyAllConditions(own => own.Embedded.ShouldBeTrue(), own => own.Address.ShouldBe($"127.0.0.1:{_own.Port}"));
        var status = (await _server.FleetAsync()).Status;
        (status.Broker, status.EmbeddedBroker, status.Brokers).ShouldBe((BrokerState.Disconnected, false, 3));
        status.BrokerAddress.ShouldBe($"127.0.0.1:{_north.Port}, 127.0.0.1:{_own.Port}, 127.0.0.1:{_south.Port}");
        status.BrokerDetail.ShouldBe($"south (127.0.0.1:{_south.Port}): {south.Detail}");
        (await _server.Http.GetStringAsync("health", TestContext.Current.CancellationToken)).ShouldStartWith("Degraded: Not all brokers are connected: south");

        await PublishEventAsync(_north, "VB-1");
        await PublishEventAsync(_own, "VB-2");
        await _server.WorkedOnAsync(2);

        await _south.StartAsync();
        await StateAsync("south", BrokerState.Connected);
        await PublishEventAsync(_south, "VB-3");

        (await _server.WorkedOnAsync(3)).Stored.ShouldBe(3);
        (await _server.FleetAsync()).Status.ShouldSatisfyAllConditions(
            now => now.Broker.ShouldBe(BrokerState.Connected),
            now => now.BrokerDetail.ShouldBeNull());
        (await ConnectionsAsync()).Select(connection => (connection.Name, connection.Messages, connection.Negotiated?.Protocol))
            .ShouldBe([("north", 1, "5"), ("own", 1, null), ("south", 1, "3.1.1")]);
    }

    [Fact]
    public async Task A_source_is_for_the_broker_it_names_and_else_for_all()
    {
        await StateAsync("north", BrokerState.Connected);
        await PublishAsync(_own, "rms/VB-9", "1.5");
        await PublishAsync(_north, "rms/VB-9", "2.5");

        await _server.WorkedOnAsync(1);
        (await _server.FleetAsync()).Sensors.ShouldHaveSingleItem().Level.ShouldBe(2.5);
        (await _server.GetAsync<SourceStatus[]>("api/v1/sources"))!.Select(source => (source.TopicFilter, source.Broker, source.Accepted))
            .ShouldBe([("sensors/+/vibration", null, 0), ("rms/{sensor}", "north", 1)]);
    }

    [Fact]
    public async Task The_clients_of_the_embedded_broker_are_counted()
    {
        await using (var one = await TestSensor.ConnectAsync(_own))
        {
            await using var other = await TestSensor.ConnectAsync(_own);
            await ClientsAsync(2);
        }

        await ClientsAsync(0);
    }

    private Task ClientsAsync(int clients) => Eventually.TrueAsync(
        async () => (await ConnectionsAsync()).Single(connection => connection.Embedded).Clients == clients, $"{clients} clients are connected");

    private Task<ConnectionStatus> StateAsync(string name, BrokerState state) => Eventually.GetAsync(
        async () => (await ConnectionsAsync()).Single(connection => connection.Name == name) is var found && found.State == state ? found : null, $"{name} is {state}");

    private async Task<ConnectionStatus[]> ConnectionsAsync() => (await _server.GetAsync<ConnectionStatus[]>("api/v1/connections"))!;

    private static async Task PublishEventAsync(TestBroker broker, string sensorId)
    {
        await using var sensor = await TestSensor.ConnectAsync(broker);
        await sensor.PublishAsync(TestSensor.Event(4, Noon, sensorId), sensorId);
    }

    private static async Task PublishAsync(TestBroker broker, string topic, string payload)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build(), TestContext.Current.CancellationToken);
        await client.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(Encoding.UTF8.GetBytes(payload)).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(),
            TestContext.Current.CancellationToken);
    }
}
