using System.Diagnostics;
using System.Net.Http.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>A gateway that sends changes only, beside a sensor that sends always, over Mosquitto; silent after 4 s.</summary>
public sealed class SendsOnChangeTests : ServerTest
{
    private static readonly (string Key, string Value)[] Settings =
    [
        ("Sources:0:TopicFilter", "gw7/{sensor}/rms"),
        ("Sources:0:Profile", "Number"),
        ("Sources:0:Unit", "mm/s"),
        ("Sources:0:SendsOnChange", "true"),
        ("Sources:1:TopicFilter", "plain/{sensor}/rms"),
        ("Sources:1:Profile", "Number"),
        ("Sources:1:Unit", "mm/s"),
        ("Sources:2:TopicFilter", "gw7/{sensor}/status"),
        ("Sources:2:Profile", "Status"),
    ];

    [Fact]
    public async Task A_sensor_that_does_not_change_is_silent_with_its_gateway_or_when_it_is_reported_offline()
    {
        await PublishAsync("gw7/OC-1/rms", "1.5");
        await PublishAsync("plain/P-1/rms", "1.5");
        await GatewaySendsAsync(TimeSpan.FromSeconds(9));
        (await SilentAsync()).ShouldBe(["P-1"]);
        (await Server.FleetAsync()).Sensors.Where(sensor => sensor.Sender == "gw7/{sensor}/rms").Select(sensor => sensor.SensorId).ShouldBe(["OC-1", "OC-2"], ignoreOrder: true);

        await SilentBecomesAsync("OC-1", "OC-2", "P-1");
        await RestartServerAsync();
        (await SilentAsync()).ShouldBe(["OC-1", "OC-2", "P-1"]);

        await PublishAsync("gw7/OC-2/rms", "2.5");
        await SilentBecomesAsync("P-1");
        await PublishAsync("gw7/OC-1/status", "offline");
        await GatewaySendsAsync(TimeSpan.FromSeconds(7));
        (await SilentAsync()).ShouldBe(["OC-1", "P-1"]);

        await PublishAsync("gw7/OC-1/status", "online");
        await PublishAsync("gw7/OC-2/rms", "3.5");
        await SilentBecomesAsync("P-1");
    }

    [Fact]
    public async Task A_gateway_that_falls_silent_is_one_alert_that_ends_when_it_is_back()
    {
        for (var i = 1; i <= 8; i++)
            await PublishAsync($"gw7/OC-{i}/rms", "1.5");

        var alert = await Eventually.GetAsync(
            async () => (await Server.FleetAsync()).OpenAlerts.FirstOrDefault(alert => alert.SensorId == "sender/gw7/{sensor}/rms"), "the gateway is silent");
        (alert.Level, alert.Threshold, alert.Unit, alert.State).ShouldBe((8, 8, "sensors", AlertState.Unacknowledged));
        await Eventually.TrueAsync(async () => (await Server.FleetAsync()).OpenAlerts.Count(open => open.SensorId.StartsWith("OC-", StringComparison.Ordinal)) == 8, "all are silent");
        (await Server.FleetAsync()).OpenAlerts.Where(open => open.SensorId.StartsWith("OC-", StringComparison.Ordinal)).ShouldAllBe(open => open.State == AlertState.SuppressedByDesign);

        await RestartServerAsync();
        (await Server.FleetAsync()).OpenAlerts.Single(open => open.IsUnacknowledged).Id.ShouldBe(alert.Id);
        await PublishAsync("gw7/OC-3/rms", "2.5");

        await Eventually.TrueAsync(
            async () => (await Server.FleetAsync()).OpenAlerts is var open && open.Single(open => open.Id == alert.Id).State == AlertState.ReturnedUnacknowledged
                && !open.Any(open => open.SensorId.StartsWith("OC-", StringComparison.Ordinal)),
            "it is back, with all its sensors");
    }

    private protected override TestBroker CreateBroker() => new Mosquitto(extraSettings: Settings);

    private protected override async Task BegunAsync()
    {
        var rule = new AlertRule("Silent", AlertScope.All, new(ConditionKind.NoData), [new(Severity.Warning, 4, 4, AlertDelay.AtOnce)]);
        using var content = JsonContent.Create(new RuleEdit(rule), DashboardJson.Default.RuleEdit);
        using var answer = await Server.Http.PostAsync(new Uri("api/v1/rules", UriKind.Relative), content, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    private async Task GatewaySendsAsync(TimeSpan time)
    {
        var level = 1;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time;)
        {
            await PublishAsync("gw7/OC-2/rms", $"{++level}");
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private async Task<string[]> SilentAsync() =>
        [.. (await Server.FleetAsync()).OpenAlerts.Where(alert => alert is { Kind: ConditionKind.NoData, Facts.IsActive: true }).Select(alert => alert.SensorId).Order()];

    private Task SilentBecomesAsync(params string[] sensorIds) =>
        Eventually.TrueAsync(async () => (await SilentAsync()).SequenceEqual(sensorIds), $"silent are {string.Join(", ", sensorIds)}");

    private async Task PublishAsync(string topic, string payload)
    {
        using var publisher = Process.Start(Programs.Find("mosquitto_pub"), ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-q", "1", "-t", topic, "-m", payload]);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        publisher.ExitCode.ShouldBe(0);
    }
}
