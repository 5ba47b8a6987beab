using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using MQTTnet;
using MQTTnet.Protocol;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>The server dies while it replays dead letters without id and timestamp: only the letters themselves record the progress.</summary>
public sealed class ReplayCrashTests : IDisposable
{
    private static readonly int Kills = LongRun.Count(3, 8);
    private static readonly int Letters = Kills * 500;

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-replay-crash-").FullName;
    private readonly EmbeddedTestBroker _broker = new();

    [Fact]
    public async Task Killed_while_it_replays_the_server_stores_each_reading_once_and_keeps_the_letters_it_has_not_come_to()
    {
        await RejectAsync();
        var random = new Random(20261124);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await ReplayingAsync();
            var target = random.Next(1, 400);
            await Eventually.TrueAsync(async () => (await server.StatusAsync())?.Stored >= target, $"life {kill + 1} replays {target}");
            await server.KillAsync();
        }

        var storedBefore = StoredRecord.Load(_folder).Readings.Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{storedBefore} of {Letters} were replayed by servers that died");
        using (var last = await ReplayingAsync())
        {
            (await last.StatusAsync())!.DeadLetters.ShouldBeLessThanOrEqualTo(Letters - storedBefore);
            await Eventually.TrueAsync(async () => (await last.StatusAsync())?.DeadLetters == 0, "all are replayed");
            var run = (await last.Http.GetFromJsonAsync("api/v1/dead-letters/replay", DashboardJson.Default.ReplayRun, TestContext.Current.CancellationToken))!;
            (run.Accepted, run.Refused, run.StoredReadings).ShouldBe((run.Total, 0, run.Total));
            run.Total.ShouldBe(Letters - storedBefore);
            await last.TerminateAsync();
        }

        StoredRecord.Load(_folder).Readings.Select(reading => (int)reading.Level).Order().ShouldBe(Enumerable.Range(1, Letters));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Sources(string path) =>
        ["--Sources:0:TopicFilter=gw/{sensor}", "--Sources:0:Profile=Json", "--Sources:0:Unit=g", $"--Sources:0:Level={path}"];

    private async Task RejectAsync()
    {
        using var server = new ServerProcess(_folder, _broker, Sources("$.level"));
        await server.ReadyAsync();
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _broker.Port).Build(), TestContext.Current.CancellationToken);
        foreach (var portion in Enumerable.Range(1, Letters).Chunk(100))
        {
            await Task.WhenAll(portion.Select(level => client.PublishAsync(
                new MqttApplicationMessageBuilder()
                    .WithTopic($"gw/GW-{level % 7}")
                    .WithPayload($$"""{"rms":{{level.ToString(CultureInfo.InvariantCulture)}}}""")
                    .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                    .Build(),
                TestContext.Current.CancellationToken)));
        }

        (await server.StatusAsync())!.DeadLetters.ShouldBe(Letters);
        await server.KillAsync();
    }

    private async Task<ServerProcess> ReplayingAsync()
    {
        var server = new ServerProcess(_folder, _broker, Sources("$.rms"));
        await server.ReadyAsync();
        using var started = await server.Http.PostAsync(
            "api/v1/dead-letters/replay", JsonContent.Create(new(), DashboardJson.Default.DeadLetterSelection), TestContext.Current.CancellationToken);
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return server;
    }
}
