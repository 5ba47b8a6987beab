using System.Diagnostics;
using System.Net.Http.Json;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.DeadLetters;

/// <summary>Replay with a broker that holds subscriptions of an earlier configuration.</summary>
public sealed class MosquittoReplayTests : ServerTest
{
    private static readonly (string Key, string Value)[] CloudEvents = [("Sources:0:TopicFilter", "ce/#"), ("Sources:0:Profile", "CloudEvents")];

    [Fact]
    public async Task What_came_while_its_source_was_missing_is_stored_once_the_source_is_back()
    {
        await StopServerAsync();
        await using (var subscribed = await TestServer.StartAsync(Folder, Broker, CloudEvents))
            await subscribed.ConnectedToBrokerAsync();

        await using (var without = await TestServer.StartAsync(Folder, Broker))
        {
            await without.ConnectedToBrokerAsync();
            using var publisher = Process.Start(
                Programs.Find("mosquitto_pub"),
                [
                    "-h", "127.0.0.1", "-p", $"{Broker.Port}", "-V", "mqttv5", "-q", "1", "-t", "ce/line 1", "-m", TestSensor.SeedEvent,
                    "-D", "publish", "content-type", "application/json",
                    .. new[] { ("specversion", "1.0"), ("id", "7"), ("source", "/gw"), ("type", "rms") }
                        .SelectMany(property => new[] { "-D", "publish", "user-property", property.Item1, property.Item2 }),
                ]);
            await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
            await without.WorkedOnAsync(1);

            var letter = (await without.GetAsync<DeadLetterDetail>("api/v1/dead-letters/1"))!;
            (letter.Letter.Reason, letter.Letter.Topic, letter.ContentType, letter.Source).ShouldBe((RejectionReason.UnknownTopic, "ce/line 1", "application/json", null));
            letter.UserProperties.ShouldContain(KeyValuePair.Create("id", "7"));
        }

        await using var back = await TestServer.StartAsync(Folder, Broker, CloudEvents);
        using var replay = await back.Http.PostAsync("api/v1/dead-letters/1/replay", null, TestContext.Current.CancellationToken);

        (await replay.Content.ReadFromJsonAsync(DashboardJson.Default.ReplayResult, TestContext.Current.CancellationToken))
            .ShouldBe(new ReplayResult(ReplayOutcome.Accepted, Stored: 1));
        (await back.FleetAsync()).Sensors.ShouldHaveSingleItem().Level.ShouldBe(12.5);
        (await back.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldBeEmpty();
    }

    private protected override TestBroker CreateBroker() => new Mosquitto();
}
