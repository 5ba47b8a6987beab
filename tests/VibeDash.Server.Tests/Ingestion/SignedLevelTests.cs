using System.Net.Http.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>Negative levels over MQTT, from the source to live view, history, export and alert.</summary>
public sealed class SignedLevelTests : IDisposable
{
    private static readonly (string Key, string Value)[] Sources =
    [
        ("Sources:0:TopicFilter", "signed/{sensor}"), ("Sources:0:Profile", "Json"), ("Sources:0:Level", "$.v"), ("Sources:0:Timestamp", "$.t"), ("Sources:0:Unit", "µm"),
        ("Sources:0:Signed", "true"),
        ("Sources:1:TopicFilter", "absolute/{sensor}"), ("Sources:1:Profile", "Number"), ("Sources:1:Unit", "m/s²"), ("Sources:1:Absolute", "true"),
        ("Sources:2:TopicFilter", "plain/{sensor}"), ("Sources:2:Profile", "Number"), ("Sources:2:Unit", "m/s²"),
        ("Sources:3:TopicFilter", "sensors/+/vibration"),
        ("Sources:4:TopicFilter", "seed/signed/+"), ("Sources:4:Signed", "true"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-signed-").FullName;
    private readonly EmbeddedTestBroker _broker = new();

    [Fact]
    public async Task A_source_stores_the_magnitude_or_the_sign_and_the_others_refuse()
    {
        await using var server = await TestServer.StartAsync(_folder, _broker, Sources);
        await using var sensor = await TestSensor.ConnectAsync(_broker);
        var seed = TestSensor.Event(-12.5, DateTimeOffset.UnixEpoch.AddYears(55), "SEED");
        await sensor.PublishOnAsync("absolute/A", "-2.5");
        await sensor.PublishOnAsync("plain/P", "-2.5");
        await sensor.PublishAsync(seed);
        await sensor.PublishOnAsync("seed/signed/x", seed);
        var status = await server.WorkedOnAsync(4);

        (status.Stored, status.Rejected).ShouldBe((2, 2));
        (await server.FleetAsync()).Sensors.Select(sensor => (sensor.SensorId, sensor.Level)).ShouldBe([("A", 2.5), ("SEED", -12.5)], ignoreOrder: true);
        (await server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldAllBe(letter =>
            letter.Reason == RejectionReason.InvalidNumber && letter.Detail.EndsWith("must not be negative, unless its source has Absolute or Signed."));
        (await server.GetAsync<SourceStatus[]>("api/v1/sources"))!.Select(source => source.Settings).ShouldContain("signed");
    }

    [Fact]
    public async Task A_signed_level_keeps_its_sign_everywhere_and_over_a_restart()
    {
        // Enough for compacted readings, and for rollups by the minute, hour and day.
        const int Count = 1600;
        var start = DateTimeOffset.UnixEpoch.AddYears(55);
        await using (var server = await TestServer.StartAsync(_folder, _broker, Sources))
        {
            var rule = new AlertRule("Too low", AlertScope.All, new(ConditionKind.LevelBelow) { Unit = "µm" }, [new(Severity.Warning, -49.5, -45, AlertDelay.AtOnce)]);
            using var edit = JsonContent.Create(new RuleEdit(rule), DashboardJson.Default.RuleEdit);
            using var added = await server.Http.PostAsync("api/v1/rules", edit, TestContext.Current.CancellationToken);
            added.EnsureSuccessStatusCode();
            await using var sensor = await TestSensor.ConnectAsync(_broker);

            // From -40 to 40 in a minute, and at the end one of -50.
            await Task.WhenAll(Enumerable.Range(0, Count).Select(i => sensor.PublishOnAsync("signed/S", Payload(start.AddSeconds(10 * i), i == Count - 1 ? -50 : (i % 6 * 16) - 40))));
            (await server.WorkedOnAsync(Count)).Stored.ShouldBe(Count);
            await ShouldBeSignedAsync(server);
        }

        await using (var server = await TestServer.StartAsync(_folder, _broker, Sources))
            await ShouldBeSignedAsync(server);

        async Task ShouldBeSignedAsync(TestServer server)
        {
            var fleet = await server.FleetAsync();
            var live = fleet.Sensors.ShouldHaveSingleItem();
            (live.Level, live.Sparkline.Min(point => point.Level), live.Sparkline.Max(point => point.Level)).ShouldBe((-50, -50, 40));
            var alert = fleet.OpenAlerts.ShouldHaveSingleItem();
            (alert.Kind, alert.Level, alert.PeakLevel, alert.Threshold).ShouldBe((ConditionKind.LevelBelow, -50, -50, -49.5));

            var end = start.AddSeconds(10 * Count);
            foreach (var points in (int[])[2000, 270, 4, 2])
            {
                var history = (await server.GetAsync<TrendHistory>($"api/v1/sensors/S/history?from={start.UtcDateTime:O}&to={end.UtcDateTime:O}&points={points}"))!;
                history.Buckets.Sum(bucket => bucket.Count).ShouldBe(Count);
                (history.Buckets.Min(bucket => bucket.Min), history.Buckets.Max(bucket => bucket.Max)).ShouldBe((-50, 40));
                (history.Buckets.Sum(bucket => bucket.Mean * bucket.Count) / Count).ShouldBe(Enumerable.Range(0, Count).Average(i => i == Count - 1 ? -50 : (i % 6 * 16.0) - 40), 1e-9);
            }

            using var export = await server.Http.GetAsync($"api/v1/sensors/S/readings.csv?from={start.UtcDateTime:O}&to={end.UtcDateTime:O}", TestContext.Current.CancellationToken);
            (await export.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(",S,-50,µm,0,");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Payload(DateTimeOffset at, double level) => FormattableString.Invariant($$"""{"v":{{level}},"t":"{{at.UtcDateTime:O}}"}""");
}
