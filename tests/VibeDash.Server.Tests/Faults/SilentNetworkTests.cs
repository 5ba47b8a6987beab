using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>A network between the server and an external broker that accepts everything and delivers nothing.</summary>
public sealed class SilentNetworkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-silence-").FullName;

    [Fact]
    public async Task A_network_that_falls_silent_is_noticed_within_one_and_a_half_keep_alives()
    {
        await using var broker = new Mosquitto("allow_anonymous true\nmax_queued_messages 0");
        await broker.StartAsync();
        await using var network = new TcpProxy(broker);
        string[] sent;
        await using (var server = await TestServer.StartAsync(_folder, network))
        {
            await server.ConnectedToBrokerAsync();
            await using var load = new SensorLoad(broker, rate: 200);
            await StoredAsync(server, 100);

            network.FallSilent();
            var late = Task.Delay(TimeLimit.Soon, TimeProvider.System, TestContext.Current.CancellationToken);
            var status = await Eventually.GetAsync(
                async () => (await server.FleetAsync()).Status is { Broker: BrokerState.Disconnected } noticed ? noticed : null, "the silence is noticed");

            // The system itself would take a quarter of an hour to find out.
            late.IsCompleted.ShouldBeFalse();
            status.BrokerDetail.ShouldBe("The broker has not answered for 15 s.");
            (await server.Http.GetStringAsync("health", TestContext.Current.CancellationToken)).ShouldStartWith("Degraded");

            network.Speak();
            await server.ConnectedToBrokerAsync();
            sent = await load.StopAsync();
            await StoredAsync(server, sent.Length);
        }

        var stored = StoredRecord.Load(_folder);
        stored.ShouldBeAllOf(sent);
        stored.Journal.ShouldNotBeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task StoredAsync(TestServer server, long readings) => Eventually.TrueAsync(
        async () => (await server.FleetAsync()).Status.Stored >= readings, $"{readings} readings are stored");
}
