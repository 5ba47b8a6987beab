using System.Globalization;
using MQTTnet;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>The server is down for some seconds under load: with Mosquitto's defaults, and with the settings required by the README.</summary>
public sealed class BrokerSettingsTests : IDisposable
{
    private const string Counted = "allow_anonymous true\nsys_interval 1";

    // Mosquitto queues 1,000 messages for a disconnected client.
    private const int Away = 4000;

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-settings-").FullName;
    private int _dropped;

    [Fact]
    public async Task With_the_settings_of_the_readme_nothing_is_lost()
    {
        var (sent, dropped) = await AwayForAWhileAsync($"{Counted}\nmax_queued_messages 0\nautosave_interval 1");

        dropped.ShouldBe(0);
        StoredRecord.Load(_folder).ShouldBeAllOf(sent);
    }

    [Fact]
    public async Task With_mosquittos_defaults_exactly_what_it_says_it_has_dropped_is_missing_and_nothing_is_twice()
    {
        var (sent, dropped) = await AwayForAWhileAsync(Counted);

        var stored = StoredRecord.Load(_folder);
        string[] ids = [.. stored.Readings.Select(reading => reading.EventId)];
        ids.Except(sent).ShouldBeEmpty();
        dropped.ShouldBeGreaterThan(0);
        (sent.Length - ids.Length).ShouldBe(dropped);
        stored.ShouldBeAllOf(ids);
        stored.Journal.ShouldNotBeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(string[] Sent, int Dropped)> AwayForAWhileAsync(string configuration)
    {
        await using var broker = new Mosquitto(configuration);
        await broker.StartAsync();
        using var counting = await CountDropsAsync(broker);
        await using var load = await StartedAsync(broker);
        await load.AcknowledgedMoreAsync(Away);

        using var server = new ServerProcess(_folder, broker);
        await server.ReadyAsync();
        await load.AcknowledgedMoreAsync(1000);
        var sent = await load.StopAsync();
        await Eventually.TrueAsync(
            () => Task.FromResult(StoredRecord.Count(_folder) + Volatile.Read(ref _dropped) >= sent.Length), "each event is stored or counted as dropped");
        (await server.TerminateAsync()).ShouldBe(0);
        return (sent, _dropped);
    }

    /// <summary>Sensors that publish to a broker with a persistent session of the stopped server.</summary>
    private async Task<SensorLoad> StartedAsync(Mosquitto broker)
    {
        using var server = new ServerProcess(_folder, broker);
        await server.ReadyAsync();
        var load = new SensorLoad(broker);
        await load.AcknowledgedMoreAsync(1000);
        (await server.TerminateAsync()).ShouldBe(0);
        return load;
    }

    /// <summary>
    /// Hears from Mosquitto, once a second, how many it has dropped, when that has changed. Whoever asks later than a minute after the last change is not told:
    /// by then the broker has forgotten what it retained of it.
    /// </summary>
    private async Task<IMqttClient> CountDropsAsync(Mosquitto broker)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += received =>
        {
            Volatile.Write(ref _dropped, int.Parse(received.ApplicationMessage.ConvertPayloadToString(), CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build(), TestContext.Current.CancellationToken);
        await client.SubscribeAsync("$SYS/broker/publish/messages/dropped", cancellationToken: TestContext.Current.CancellationToken);
        return client;
    }
}
