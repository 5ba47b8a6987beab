using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion.Sparkplug;

public sealed class MosquittoSparkplugTests : SparkplugTests
{
    private protected override TestBroker CreateBroker() => new Mosquitto(extraSettings: Settings);

    [Fact]
    public async Task A_node_that_stayed_is_asked_for_its_birth_when_the_server_starts()
    {
        using var edge = await SparkplugEdge.StartAsync(Broker);
        await Eventually.GetAsync(() => SensorAsync(Pump), "the sensor is known");
        await RestartServerAsync();

        await edge.ToldAsync("rebirth");
    }

    [Fact]
    public async Task The_host_is_offline_when_it_has_stopped_and_its_state_has_the_time_of_its_connection()
    {
        var online = await HostStateAsync();
        await StopServerAsync();

        await Eventually.TrueAsync(async () => !(await HostStateAsync()).GetProperty("online").GetBoolean(), "the broker has published the host's last will");
        (await HostStateAsync()).GetProperty("timestamp").GetInt64().ShouldBe(online.GetProperty("timestamp").GetInt64());
    }

    [Fact]
    public async Task Word_that_the_host_is_offline_is_contradicted()
    {
        await HostStateAsync();
        using (var publisher = System.Diagnostics.Process.Start(
                   Programs.Find("mosquitto_pub"),
                   ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-q", "1", "-r", "-t", $"spBv1.0/STATE/{HostId}", "-m", """{"online":false,"timestamp":1}"""]))
            await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(async () => (await HostStateAsync()).GetProperty("online").GetBoolean(), "the host has said that it is there");
    }
}
