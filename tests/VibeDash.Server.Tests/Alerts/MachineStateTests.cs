using System.Net;
using System.Net.Http.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>A topic reports whether a machine runs, and rules follow it; with a real broker.</summary>
public sealed class MachineStateTests : ServerTest
{
    private static readonly AlertRule WhileItRuns = new("Loud while it runs", AlertScope.All, new(ConditionKind.LevelAbove) { Unit = "m/s²" },
        [new(Severity.Warning, 5, 4, AlertDelay.AtOnce)]) { Gate = new(null, null, UsesMachineState: true) };

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string Key, string Value)[] Settings =
    [
        ("Sources:0:TopicFilter", "sensors/+/vibration"),
        ("Sources:1:TopicFilter", "plant/{line}/{machine}/state"),
        ("Sources:1:Profile", "MachineState"),
        ("Sources:2:TopicFilter", "plc/states"),
        ("Sources:2:Profile", "MachineState"),
        ("Sources:2:Location", "$.machine"),
        ("Sources:2:Value", "$.state"),
        ("Sources:2:Timestamp", "$.since"),
        ("Sources:2:Running", "execute"),
        ("Sources:2:Stopped:0", "idle"),
        ("Sources:2:Stopped:1", "held"),
    ];

    [Fact]
    public async Task A_retained_stop_keeps_the_rule_silent_until_the_start_and_holds_across_a_restart()
    {
        await AddRuleAsync();
        await PublishAsync("plant/Hall 1/Pump 2/state", "stopped", "-r");
        await Eventually.TrueAsync(async () => (await SourceAsync(1)).Statuses == 1, "the word has come");

        var soon = TimeProvider.System.GetUtcNow().AddSeconds(1);
        await SendAsync(soon, 9);
        await SendAsync(soon, 9, "Hall 1, Pump 3");
        (await OpenAsync()).ShouldHaveSingleItem().SensorId.ShouldBe("Pump 3");
        var (stands, other) = (await SensorAsync("Pump 2"), await SensorAsync("Pump 3"));
        (stands.Machine!.Value.Runs, other.Machine).ShouldBe((false, null));

        // The broker retains the report, and the database stores it: after a restart, state and start are unchanged.
        await RestartServerAsync();
        (await SensorAsync("Pump 2")).Machine.ShouldBe(stands.Machine);
        await SendAsync(soon.AddMilliseconds(1), 9);
        (await OpenAsync()).Length.ShouldBe(1);

        await PublishAsync("plant/Hall 1/Pump 2/state", "running", "-r");
        await Eventually.TrueAsync(async () => (await SensorAsync("Pump 2")).Machine is { Runs: true }, "the machine runs");
        await SendAsync(TimeProvider.System.GetUtcNow().AddSeconds(1), 9);
        (await OpenAsync()).Select(alert => alert.SensorId).Order().ShouldBe(["Pump 2", "Pump 3"]);
    }

    [Fact]
    public async Task Late_words_and_late_readings_are_evaluated_by_the_state_of_their_own_time_also_after_a_restart()
    {
        await AddRuleAsync();
        await SendAsync(Start, 9);
        await PublishAsync("plc/states", $$"""{"machine":"hall 1,pump 2","state":"Held","since":"{{Start.AddSeconds(-10):O}}"}""");
        await Eventually.TrueAsync(async () => (await OpenAsync()).Single().State == AlertState.SuppressedByDesign, "the machine stood still when that was measured");

        await PublishAsync("plc/states", $$"""{"machine":"Hall 1, Pump 2","state":"execute","since":"{{Start.AddSeconds(60):O}}"}""");
        await Eventually.TrueAsync(async () => (await SensorAsync("Pump 2")).Machine is { Runs: true }, "the machine runs");
        await RestartServerAsync();

        // Already over, so it is only journalled.
        await SendAsync(Start.AddSeconds(70), 1);
        await SendAsync(Start.AddSeconds(120), 1);
        await SendAsync(Start.AddSeconds(30), 9);
        var before = await AllAsync();
        await SendAsync(Start.AddSeconds(90), 9);
        var after = (await AllAsync()).ExceptBy(before.Select(alert => alert.Id), alert => alert.Id).ShouldHaveSingleItem();

        before.Length.ShouldBe(1);
        (after.RaisedAt, after.State).ShouldBe((Start.AddSeconds(90), AlertState.Normal));
    }

    [Fact]
    public async Task Readings_of_before_a_stop_count_in_the_on_delay_although_the_stop_was_reported_first()
    {
        await AddRuleAsync(WhileItRuns with { Tiers = [new(Severity.Warning, 5, 4, new(3))] });
        await SendAsync(Start, 1);
        await PublishAsync("plc/states", $$"""{"machine":"Hall 1, Pump 2","state":"idle","since":"{{Start.AddSeconds(60):O}}"}""");
        await Eventually.TrueAsync(async () => (await SensorAsync("Pump 2")).Machine is { Runs: false }, "the machine stands still");

        for (var i = 1; i <= 3; i++)
            await SendAsync(Start.AddSeconds(10 * i), 9);

        var alert = (await OpenAsync()).ShouldHaveSingleItem();
        (alert.RaisedAt, alert.State).ShouldBe((Start.AddSeconds(30), AlertState.SuppressedByDesign));
    }

    [Fact]
    public async Task What_is_said_is_counted_and_other_words_are_dead_letters()
    {
        await SendAsync(Start, 4);
        await PublishAsync("plc/states", $$"""{"machine":"Hall 1, Pump 2","state":"idle","since":"{{Start:O}}"}""");
        await PublishAsync("plc/states", $$"""{"machine":"Hall 1, Pump 9","state":"idle","since":"{{Start:O}}"}""");
        await PublishAsync("plc/states", $$"""{"machine":"Hall 1, Pump 2","state":"starting","since":"{{Start:O}}"}""");

        (await Server.WorkedOnAsync(2)).Rejected.ShouldBe(1);
        (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldHaveSingleItem().Detail
            .ShouldBe("$.state is 'starting', which is none of the words for running (execute) and stopped (idle, held).");
        (await SourceAsync(2)).ShouldBe(new SourceStatus("plc/states", "MachineState", 0, 1, 2, 1)
        {
            Settings = "word $.state; running: execute; stopped: idle, held; machine $.machine; from $.since on",
        });
    }

    private protected override TestBroker CreateBroker() => new Mosquitto(extraSettings: Settings);

    private async Task AddRuleAsync(AlertRule? rule = null)
    {
        using var body = JsonContent.Create(new RuleEdit(rule ?? WhileItRuns), DashboardJson.Default.RuleEdit);
        using var response = await Server.Http.PostAsync("api/v1/rules", body, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    // Without a baseline no other rule is evaluated.
    private async Task SendAsync(DateTimeOffset at, double level, string location = "Hall 1, Pump 2")
    {
        var payload = FormattableString.Invariant($$"""
            {"eventId":"{{at:O}}","eventType":"VibrationRecorded","timestamp":"{{at.UtcDateTime:O}}","sensorLocation":"{{location}}",
             "data":{"sensorId":"{{location[8..]}}","vibrationLevel":{{level}},"baselineVibrationLevel":0,"unit":"m/s²"} }
            """);
        await Server.PostEventsAsync(payload);
    }

    private async Task PublishAsync(string topic, string payload, params string[] options)
    {
        using var publisher = System.Diagnostics.Process.Start(Programs.Find("mosquitto_pub"), ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-q", "1", "-t", topic, "-m", payload, .. options]);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        publisher.ExitCode.ShouldBe(0);
    }

    private async Task<Alert[]> OpenAsync() => (await Server.FleetAsync()).OpenAlerts;

    private async Task<Alert[]> AllAsync() => (await Server.GetAsync<AlertPage>("api/v1/alerts"))!.Items;

    private async Task<SourceStatus> SourceAsync(int index) => (await Server.GetAsync<SourceStatus[]>("api/v1/sources"))![index];

    private async Task<SensorSnapshot> SensorAsync(string id) => (await Server.GetAsync<SensorSnapshot>($"api/v1/sensors/{id}"))!;
}
