using System.Globalization;
using MQTTnet;
using MQTTnet.Protocol;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Numbers have neither id nor timestamp: only the broker's DUP flag marks a redelivery.</summary>
public sealed class NumberCrashTests : IDisposable
{
    private const int InFlight = 50;

    private static readonly int Kills = LongRun.Count(3, 8);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-numbers-").FullName;

    [Fact]
    public async Task Killed_under_load_the_server_stores_each_number_that_mosquitto_delivers_again_once()
    {
        await using var broker = new Mosquitto(
            "allow_anonymous true\nmax_queued_messages 0",
            ("Sources:0:TopicFilter", "numbers/{sensor}"), ("Sources:0:Profile", "Number"), ("Sources:0:Unit", "g"));
        await broker.StartAsync();
        var server = new ServerProcess(_folder, broker);
        await server.ReadyAsync();
        using var enough = new CancellationTokenSource();
        var sending = SendAsync(broker, enough.Token);

        var random = new Random(20261124);
        for (var kill = 0; kill < Kills; kill++)
        {
            var target = random.Next(1, 1500);
            await Eventually.TrueAsync(async () => (await server.StatusAsync())?.Stored >= target, $"life {kill + 1} stores {target} numbers");
            await server.KillAsync();
            server.Dispose();
            server = new ServerProcess(_folder, broker);
        }

        await server.ReadyAsync();
        await enough.CancelAsync();
        var sent = await sending;
        await Eventually.TrueAsync(() => Task.FromResult(StoredRecord.Count(_folder) >= sent), "all is stored");
        await server.TerminateAsync();
        server.Dispose();

        StoredRecord.Load(_folder).Readings.Select(reading => reading.Level).Order().ShouldBe(Enumerable.Range(1, sent).Select(number => (double)number));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Publishes 1, 2, 3, … until stopped, and waits for the last answers.</summary>
    /// <returns>The last number.</returns>
    private static async Task<int> SendAsync(Mosquitto broker, CancellationToken enough)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build(), TestContext.Current.CancellationToken);
        var number = 0;
        while (!enough.IsCancellationRequested)
        {
            await Task.WhenAll(Enumerable.Range(number + 1, InFlight).Select(level => client.PublishAsync(
                new MqttApplicationMessageBuilder()
                    .WithTopic($"numbers/VB-{level % 5}")
                    .WithPayload(level.ToString(CultureInfo.InvariantCulture))
                    .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                    .Build(),
                TestContext.Current.CancellationToken)));
            number += InFlight;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return number;
    }
}
