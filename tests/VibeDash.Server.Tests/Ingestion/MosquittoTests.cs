using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class MosquittoTests : WayOfAnEventTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private protected override TestBroker CreateBroker() => new Mosquitto();

    [Fact]
    public async Task What_was_published_while_the_server_was_away_is_stored_when_it_is_back()
    {
        await StopServerAsync();
        await using (var sensor = await TestSensor.ConnectAsync(Broker))
        {
            for (var i = 0; i < 50; i++)
                await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(i)));
        }

        await StartServerAsync();

        (await Server.WorkedOnAsync(50)).ShouldSatisfyAllConditions(
            status => status.Stored.ShouldBe(50),
            status => status.Late.ShouldBe(0));
    }

    [Fact]
    public async Task Without_a_broker_the_server_runs_says_so_and_comes_back_by_itself()
    {
        await Broker.StopAsync();
        await Eventually.TrueAsync(
            async () => (await Server.FleetAsync()).Status is { Broker: BrokerState.Disconnected, BrokerDetail: not null }, "the server says that it has no broker");
        (await Server.Http.GetStringAsync("health", TestContext.Current.CancellationToken)).ShouldStartWith("Degraded");

        await Broker.StartAsync();
        await Server.ConnectedToBrokerAsync();

        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(4, Noon));
        (await Server.WorkedOnAsync(1)).Stored.ShouldBe(1);
    }
}
