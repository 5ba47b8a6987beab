using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion.Sparkplug;

/// <summary>A real edge node on a real broker; run against each kind of broker.</summary>
public abstract class SparkplugTests : ServerTest
{
    private protected const string HostId = "vibedash-host";
    private protected const string Pump = "plant 1:edge 1:pump:Vibration-RMS";
    private protected const string Cabinet = "plant 1:edge 1:Cabinet";

    private protected static readonly (string Key, string Value)[] Settings =
    [
        ("Sources:0:TopicFilter", "spBv1.0/#"),
        ("Sources:0:Profile", "SparkplugB"),
        ("Sources:0:Baseline", "Vibration/Baseline"),
        ("Sources:0:HostId", HostId),
    ];

    [Fact]
    public async Task An_edge_node_is_born_sends_dies_and_comes_back()
    {
        using (var edge = await SparkplugEdge.StartAsync(Broker))
        {
            await LevelAsync(Pump, 2.5);
            var pump = (await SensorAsync(Pump))!;
            (pump.Unit, pump.Baseline, pump.Facts.Location, pump.OfflineSince).ShouldBe(("mm/s", 2, "plant 1, edge 1, pump", null));
            (await Server.FleetAsync()).Sensors.Select(sensor => sensor.SensorId).ShouldBe([Pump, Cabinet], ignoreOrder: true);

            await edge.DoAsync("data 21.5");
            await LevelAsync(Pump, 21.5);
            (await Server.FleetAsync()).OpenAlerts.ShouldHaveSingleItem().SensorId.ShouldBe(Pump);

            await edge.DoAsync("death");
            await OfflineAsync(Pump);
            (await SensorAsync(Cabinet))!.OfflineSince.ShouldBeNull();
            await edge.DoAsync("birth");
            await OnlineAsync(Pump);

            await edge.KillAsync();
        }

        // Its last will, which is still in force after a restart.
        await OfflineAsync(Pump);
        await OfflineAsync(Cabinet);
        await RestartServerAsync();
        await OfflineAsync(Pump);

        using var again = await SparkplugEdge.StartAsync(Broker);
        await OnlineAsync(Pump);
        await OnlineAsync(Cabinet);
        (await Server.FleetAsync()).Status.Rejected.ShouldBe(0);
    }

    [Fact]
    public async Task A_metric_that_does_not_change_is_not_silent_while_its_node_sends_and_a_dead_device_is()
    {
        var rule = new AlertRule("Silent", AlertScope.All, new(ConditionKind.NoData), [new(Severity.Warning, 4, 4, AlertDelay.AtOnce)]);
        using var content = JsonContent.Create(new RuleEdit(rule), DashboardJson.Default.RuleEdit);
        using var added = await Server.Http.PostAsync(new Uri("api/v1/rules", UriKind.Relative), content, TestContext.Current.CancellationToken);
        added.IsSuccessStatusCode.ShouldBeTrue();
        using var edge = await SparkplugEdge.StartAsync(Broker);
        await LevelAsync(Pump, 2.5);

        for (var i = 0; i < 20; i++)
        {
            await edge.DoAsync($"data {1 + (i / 100.0)}");
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        (await Server.FleetAsync()).OpenAlerts.ShouldBeEmpty();
        (await SensorAsync(Cabinet))!.Sender.ShouldBe("spBv1.0/plant 1/edge 1");

        await edge.DoAsync("death");
        await Eventually.TrueAsync(async () => await IsSilentAsync(Pump), "the pump is silent");
        await edge.DoAsync("birth");
        await Eventually.TrueAsync(async () => !await IsSilentAsync(Pump) && !await IsSilentAsync(Cabinet), "it is born again");
        await edge.KillAsync();
        await Eventually.TrueAsync(async () => await IsSilentAsync(Pump) && await IsSilentAsync(Cabinet), "both are silent");

        async Task<bool> IsSilentAsync(string id) =>
            (await Server.FleetAsync()).OpenAlerts.Any(alert => alert.SensorId == id && alert is { Kind: ConditionKind.NoData, Facts.IsActive: true });
    }

    [Fact]
    public async Task A_gap_and_an_unknown_alias_are_answered_by_a_rebirth_and_nothing_known_is_lost()
    {
        using var edge = await SparkplugEdge.StartAsync(Broker);
        await LevelAsync(Pump, 2.5);

        await edge.DoAsync("skip");
        await edge.DoAsync("data 3.5");
        await LevelAsync(Pump, 3.5);
        await edge.ToldAsync("rebirth");
        await edge.ToldAsync("born");

        await edge.DoAsync("data 4.5");
        await LevelAsync(Pump, 4.5);
        (await Server.FleetAsync()).Status.Rejected.ShouldBe(0);

        await edge.DoAsync("unknown");
        await Eventually.TrueAsync(async () => (await Server.FleetAsync()).Status.Rejected == 1, "the unknown alias is a dead letter");
        var letter = (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldHaveSingleItem();
        (letter.Reason, letter.Topic).ShouldBe((RejectionReason.UnknownMetric, "spBv1.0/plant 1/DDATA/edge 1/pump"));

        // It may have been too soon after the first request: then a later message triggers one.
        var rebirth = edge.ToldAsync("rebirth");
        await Eventually.TrueAsync(
            async () =>
            {
                await edge.DoAsync("data 5.5");
                return rebirth.IsCompletedSuccessfully;
            },
            "a rebirth is requested");
    }

    [Fact]
    public async Task A_server_that_restarts_reads_a_node_that_stayed_and_what_it_had_stored()
    {
        using var edge = await SparkplugEdge.StartAsync(Broker);
        await LevelAsync(Pump, 2.5);
        await RestartServerAsync();

        // The node received a request, or had to reconnect, before it has anything to send.
        await edge.ToldAsync("born");
        var late = (await Server.FleetAsync()).Status.Late;
        await edge.DoAsync("historical 9.5");
        await edge.DoAsync("data 3.5");
        await LevelAsync(Pump, 3.5);

        var status = (await Server.FleetAsync()).Status;
        (status.Rejected, status.Late).ShouldBe((0, late + 1));
        (await Server.FleetAsync()).OpenAlerts.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_protobuf_is_a_dead_letter()
    {
        using (var publisher = Process.Start(
                   Programs.Find("mosquitto_pub"), ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-q", "1", "-t", "spBv1.0/g/NDATA/n", "-m", "{\"a\":1}"]))
            await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Server.WorkedOnAsync(1);
        (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldHaveSingleItem().Reason.ShouldBe(RejectionReason.MalformedProtobuf);
    }

    [Fact]
    public async Task The_host_says_that_it_is_there() => (await HostStateAsync()).GetProperty("online").GetBoolean().ShouldBeTrue();

    /// <summary>The retained state of the host.</summary>
    private protected async Task<JsonElement> HostStateAsync()
    {
        using var subscriber = Process.Start(new ProcessStartInfo(
            Programs.Find("mosquitto_sub"), ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-C", "1", "-W", $"{TimeLimit.Limit.TotalSeconds:0}", "-t", $"spBv1.0/STATE/{HostId}"])
        {
            RedirectStandardOutput = true,
        })!;
        var state = await subscriber.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await subscriber.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(state.ShouldNotBeNull());
    }

    private protected Task<SensorSnapshot?> SensorAsync(string id) => Server.GetAsync<SensorSnapshot>($"api/v1/sensors/{Uri.EscapeDataString(id)}");

    private Task LevelAsync(string id, double level) => Eventually.TrueAsync(async () => (await SensorAsync(id))?.Level == level, $"{id} is at {level}");

    private Task OfflineAsync(string id) => Eventually.TrueAsync(async () => (await SensorAsync(id))!.OfflineSince is not null, $"{id} is offline");

    private Task OnlineAsync(string id) => Eventually.TrueAsync(async () => (await SensorAsync(id))!.OfflineSince is null, $"{id} is online");
}
