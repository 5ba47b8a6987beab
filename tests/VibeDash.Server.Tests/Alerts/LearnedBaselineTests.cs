using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>Learned and typed baselines, run levels, and history evaluated anew; the readings over MQTT.</summary>
public sealed class LearnedBaselineTests : ServerTest
{
    private const string Sensor = "LB-1";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private int _events;

    [Fact]
    public async Task It_is_asked_for_before_the_sensor_sends_and_learned_from_the_running_machine()
    {
        (await SetAsync(new() { BaselineSource = BaselineSource.Learned, LearnReadings = 20, LearnHours = 4, Labels = ["new"] })).Status.ShouldBe(HttpStatusCode.OK);
        (await Server.GetAsync<SensorSnapshot>($"api/v1/sensors/{Sensor}")).ShouldBeNull();
        await RestartServerAsync();

        // Zeros of a sensor that is not mounted yet, then 19 readings of 15 minutes.
        await PublishAsync(0, 10, _ => 0);
        await PublishAsync(10, 19, i => 3 + (i % 3));
        var sensor = await SensorAsync();
        sensor.Labels.ShouldBe(["new"]);
        (sensor.BaselineInForce!.Level, sensor.BaselineInForce.Demand, sensor.BaselineInForce.At).ShouldBe((null, new LearningDemand(20, 4), Start));
        sensor.Evaluation.ShouldBe(LevelEvaluation.WithBaseline);

        await RestartServerAsync();
        (await SensorAsync()).Learning.ShouldBe(new LearningProgress(19, 4.75, 10, null));

        await PublishAsync(29, 1, _ => 4);
        sensor = await SensorAsync();
        (sensor.BaselineInForce!.Level, sensor.BaselineInForce.Deviation, sensor.BaselineInForce.Readings, sensor.Baseline, sensor.Learning).ShouldBe((4, 1, 20, 4, null));
        await RestartServerAsync();
        (await SensorAsync()).BaselineInForce.ShouldBe(sensor.BaselineInForce);
    }

    [Fact]
    public async Task Zeros_are_never_learned()
    {
        await PublishAsync(0, 1, _ => 3);
        await SetAsync(new() { BaselineSource = BaselineSource.Learned, LearnReadings = 10, LearnHours = 0, LearnFrom = Start.AddSeconds(1) });

        await PublishAsync(1, 150, _ => 0);

        var sensor = await SensorAsync();
        (sensor.BaselineInForce!.IsLearning, sensor.Baseline, sensor.Learning).ShouldBe((true, 0, new LearningProgress(0, 0, 150, null)));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(8, true)]
    [InlineData(1.9, false)]
    [InlineData(8.1, false)]
    [InlineData(40, false)]
    public async Task One_that_is_typed_is_confirmed_when_it_is_far_from_the_median_of_a_day(double baseline, bool isNear)
    {
        // Before the last day it was 40.
        await PublishAsync(0, 20, _ => 40);
        await PublishAsync(200, 51, i => i % 2 == 0 ? 3 : 5);
        await PublishAsync(251, 1, _ => 4);
        await PublishAsync(252, 48, i => i % 2 == 0 ? 3.9 : 4.1);
        var settings = new SensorSettings { BaselineSource = BaselineSource.Manual, Baseline = baseline };

        var (status, problem) = await SetAsync(settings);

        if (isNear)
        {
            status.ShouldBe(HttpStatusCode.OK);
            return;
        }

        status.ShouldBe(HttpStatusCode.Conflict);
        problem!.ToRefusal()!.ShouldBe(Refusal.Of(RefusalCode.BaselineUnconfirmed, baseline, "4", "mm/s"));
        (await SensorAsync()).BaselineInForce.ShouldBeNull();
        (await SetAsync(settings with { Confirmed = true })).Status.ShouldBe(HttpStatusCode.OK);
        (await SensorAsync()).BaselineInForce!.Level.ShouldBe(baseline);
    }

    [Fact]
    public async Task A_machine_that_stands_still_is_learned_running_and_its_run_level_gates_the_rules()
    {
        // Three days: it runs from 8 to 12 hours.
        await PublishAsync(0, 288, i => i % 96 is >= 32 and < 48 ? 0.9 + (i % 5 * 0.1) : 0.05 + (i % 3 * 0.01));
        var proposal = (await Server.GetAsync<RunLevelProposal>($"api/v1/sensors/{Sensor}/run-level"))!;
        (proposal.Readings, proposal.Starts, proposal.Obstacle, proposal.Unit, proposal.From, proposal.To).ShouldBe((288, 3, null, "mm/s", Start, Start.AddMinutes(15 * 287)));
        proposal.RunLevel!.Value.ShouldBeInRange(0.08, 0.85);
        proposal.StoodShare!.Value.ShouldBe(240 / 288.0, 1e-9);
        proposal.Bins.Sum(bin => bin.Count).ShouldBe(288);

        await SetAsync(new() { BaselineSource = BaselineSource.Learned, LearnFrom = Start, LearnReadings = 40, LearnHours = 8 });
        var learned = (await SensorAsync()).BaselineInForce!;
        (learned.Level, learned.Readings, learned.RunLevel).ShouldBe((1.1, 40, proposal.RunLevel));

        // Critical, until the machine stops: the level of the standstill is no recovery.
        await SetAsync(new() { RunLevel = proposal.RunLevel });
        await PublishAsync(320, 4, _ => 5);
        (await AlertAsync()).State.ShouldBe(AlertState.Unacknowledged);
        await PublishAsync(324, 4, _ => 0.06);
        (await AlertAsync()).State.ShouldBe(AlertState.SuppressedByDesign);
        await RestartServerAsync();
        (await SensorAsync()).RunLevel.ShouldBe(new RunLevel(proposal.RunLevel!.Value, "mm/s"));
        await PublishAsync(328, 1, _ => 5);
        (await AlertAsync()).State.ShouldBe(AlertState.Unacknowledged);

        await SetAsync(new() { RunLevel = 0 });
        (await SensorAsync()).RunLevel.ShouldBeNull();
        await PublishAsync(329, 3, _ => 0.06);
        (await AlertAsync()).State.ShouldBe(AlertState.ReturnedUnacknowledged);
    }

    [Fact]
    public async Task History_is_evaluated_anew_and_what_is_over_is_backfilled()
    {
        // No baseline yet: nothing is raised. Twice above 2 × 1, the second time at the end, above 3 ×.
        await PublishAsync(0, 60, _ => 1);
        await PublishAsync(60, 5, _ => 2.5);
        await PublishAsync(65, 40, _ => 1);
        await PublishAsync(105, 4, _ => 3.5);
        (await AlertsAsync()).ShouldBeEmpty();
        await SetAsync(new() { BaselineSource = BaselineSource.Learned, LearnFrom = Start, LearnReadings = 40, LearnHours = 8 });
        (await SensorAsync()).BaselineInForce!.Level.ShouldBe(1);

        var run = await EvaluateHistoryAsync();

        (run.SensorId, run.By, run.Readings, run.Backfilled, run.Raised, run.Fault).ShouldBe((Sensor, "Ada", 109, 1, 1, null));
        var alerts = (await AlertsAsync()).OrderBy(alert => alert.RaisedAt).ToArray();
        alerts.Length.ShouldBe(2);
        (alerts[0].State, alerts[0].IsBackfilled, alerts[0].Severity, alerts[0].RaisedAt, alerts[0].ClearedAt).ShouldBe((AlertState.Normal, true, Severity.Warning, At(62), At(65)));
        (alerts[1].State, alerts[1].IsBackfilled, alerts[1].Severity, alerts[1].RaisedAt).ShouldBe((AlertState.Unacknowledged, false, Severity.Critical, At(107)));

        // Again, after a restart: all of it is on record.
        await RestartServerAsync();
        run = await EvaluateHistoryAsync();
        (run.Readings, run.Backfilled, run.Raised).ShouldBe((109, 0, 0));
        (await AlertsAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task More_alerts_than_a_fit_rule_finds_end_it()
    {
        // Without a baseline nothing is raised; every second reading is above 10 × 1.
        await Server.PostEventsAsync(Enumerable.Range(0, 2300).Select(i => Event(i, i % 2 == 1 ? 11 : 1)));
        await SetAsync(new() { BaselineSource = BaselineSource.Manual, Baseline = 1, Confirmed = true });

        var run = await EvaluateHistoryAsync();

        run.Backfilled.ShouldBe(HistoryEvaluation.MaximumAlerts);
        (run.Fault!.Code, run.Fault.Arguments.ShouldHaveSingleItem()).ShouldBe((RunFaultCode.TooManyFound, "1000"));
    }

    [Fact]
    public async Task What_is_not_possible_is_refused()
    {
        (await SetAsync(new() { BaselineSource = BaselineSource.Manual, Baseline = 4 })).Problem!.ToRefusal()!.Code.ShouldBe(RefusalCode.SensorUnknown);
        (await SetAsync(new() { RunLevel = 4 })).Problem!.ToRefusal()!.Code.ShouldBe(RefusalCode.SensorUnknown);
        (await SetAsync(new() { BaselineSource = BaselineSource.Learned }, "no/sensor")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SetAsync(new() { LearnReadings = 9 })).Problem!.Detail.ShouldBe("Must be 10 to 10000.");
        (await SetAsync(new() { LearnHours = 721 })).Problem!.Detail.ShouldBe("Must be 0 to 720.");
        (await SetAsync(new() { RunLevel = -1 })).Problem!.Detail.ShouldBe("Must be 0 to 1000000000000.");
        (await Server.GetAsync<RunLevelProposal>($"api/v1/sensors/{Sensor}/run-level")).ShouldBeNull();
        using var refused = await Server.Http.PostAsync($"api/v1/sensors/{Sensor}/history-evaluation", null, TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var none = await Server.Http.GetAsync("api/v1/history-evaluation", TestContext.Current.CancellationToken);
        none.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static DateTimeOffset At(int index) => Start.AddMinutes(15 * index);

    private static string Event(int index, double level) =>
        $$"""
        {"eventId":"e-{{index}}","eventType":"VibrationRecorded","timestamp":"{{At(index).UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}}",
         "sensorLocation":"Hall 1, Pump 1","data":{"sensorId":"{{Sensor}}","vibrationLevel":{{level.ToString(CultureInfo.InvariantCulture)}},"baselineVibrationLevel":0,"unit":"mm/s"} }
        """;

    // One reading every 15 minutes; the function gets their number.
    private async Task PublishAsync(int first, int count, Func<int, double> level)
    {
        var before = (await Server.FleetAsync()).Status.Stored;
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        for (var i = first; i < first + count; i++)
            await sensor.PublishAsync(Event(i, level(i)), Sensor);
        _events += count;
        await Eventually.TrueAsync(async () => (await Server.FleetAsync()).Status.Stored >= before + count, $"{_events} readings stored");
    }

    private async Task<SensorSnapshot> SensorAsync() => (await Server.GetAsync<SensorSnapshot>($"api/v1/sensors/{Sensor}"))!;

    private async Task<Alert[]> AlertsAsync() => [.. (await Server.GetAsync<AlertPage>($"api/v1/alerts?limit=500&sensorId={Sensor}"))!.Items.Where(alert => alert.Kind != ConditionKind.NoData)];

    private async Task<Alert> AlertAsync() => (await AlertsAsync()).ShouldHaveSingleItem();

    private async Task<HistoryEvaluation> EvaluateHistoryAsync()
    {
        using var started = await Server.Http.PostAsync($"api/v1/sensors/{Sensor}/history-evaluation", null, TestContext.Current.CancellationToken);
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return await Eventually.GetAsync(
            async () => await Server.GetAsync<HistoryEvaluation>("api/v1/history-evaluation") is { EndedAt: not null } run ? run : null, "the history is evaluated");
    }

    private async Task<(HttpStatusCode Status, Problem? Problem)> SetAsync(SensorSettings settings, string sensor = Sensor)
    {
        using var response = await Server.Http.PutAsJsonAsync($"api/v1/sensors/{Uri.EscapeDataString(sensor)}/settings", settings, DashboardJson.Default.SensorSettings, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.IsSuccessStatusCode ? null : await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken));
    }
}
