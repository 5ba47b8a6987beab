using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Simulator;

namespace VibeDash.Server.Tests.Replay;

/// <summary>Alerts on data measured on machines, replayed through the broker in its own event time. The figures are in docs/alerts.md.</summary>
public sealed class MeasuredAlertTests : ServerTest
{
    // The documented onset of the damage on bearing 1, and the end of the test.
    private static readonly DateTimeOffset Onset = new(2004, 2, 17, 7, 22, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2004, 2, 19, 6, 22, 39, TimeSpan.Zero);

    [Fact]
    public async Task A_bearing_that_fails_is_told_after_its_onset_and_long_before_the_end_and_nothing_before_that()
    {
        var file = MeasuredData.Find("ims_test2/ims_test2_rms_kurtosis.csv");
        string[] bearings = ["IMS-B1", "IMS-B2", "IMS-B3", "IMS-B4"];
        await LearnAsync(new DateTimeOffset(2004, 2, 12, 10, 22, 39, TimeSpan.Zero), "g", hours: 24, bearings);

        await ReplayAsync(file, ["--unit", "g", "--columns", .. bearings.Select((bearing, i) => $"b{i + 1}_acrms_g={bearing}")]);

        var alerts = await LevelAlertsAsync();
        Report(alerts);
        var first = alerts[0];
        (first.SensorId, first.Severity).ShouldBe(("IMS-B1", Severity.Critical));
        first.FirstRaisedAt!.Value.ShouldBeGreaterThanOrEqualTo(Onset);
        (End - first.FirstRaisedAt.Value).ShouldBeGreaterThan(TimeSpan.FromDays(1.5));
        alerts.ShouldAllBe(alert => alert.SensorId == "IMS-B1" || alert.RaisedAt > End.AddHours(-12));
        (await Server.FleetAsync()).Sensors.ShouldAllBe(sensor => sensor.BaselineInForce!.Source == BaselineSource.Learned && sensor.BaselineInForce.Level > 0);
    }

    [Fact]
    public async Task A_pump_in_normal_operation_raises_no_level_alert()
    {
        var file = MeasuredData.Find("skab/anomaly-free_anomaly-free.csv");
        await LearnAsync(new DateTimeOffset(2020, 2, 8, 13, 30, 0, TimeSpan.Zero), "g", hours: 1, "SKAB-1", "SKAB-2");

        await ReplayAsync(
            file, "--separator", ";", "--time", "datetime", "--time-format", "yyyy-MM-dd HH:mm:ss", "--unit", "g",
            "--columns", "Accelerometer1RMS=SKAB-1", "Accelerometer2RMS=SKAB-2");

        (await LevelAlertsAsync()).ShouldBeEmpty();
        (await Server.FleetAsync()).Sensors.ShouldAllBe(sensor => sensor.BaselineInForce!.Level > 0);
    }

    [Theory]
    [InlineData("sensor-1")]
    [InlineData("sensor-4")]
    public async Task A_year_in_the_field_raises_no_level_alert_and_one_alert_for_each_silence_of_hours(string name)
    {
        var file = MeasuredData.Find($"field_lorawan/{name}.csv");

        // Its load doubles over the year, which no baseline of the first weeks covers: evaluated by velocity, by ISO 10816-3 for large machines on flexible supports.
        await AddRuleAsync(new("ISO 10816-3", new(ScopeKind.Location, "Field"), new(ConditionKind.LevelAbove) { Unit = "mm/s" },
            [new(Severity.Warning, 7.1, 6.4, new(3)), new(Severity.Critical, 11.0, 9.9, new(3))]));
        await ClockRunsAsync();

        await ReplayAsync(
            file, "--time", "timestamp_utc", "--location", "Field, Machine 2", "--unit", "mm/s", "--multiplier", "0.01",
            "--columns", "XOAVelocity=LW-X", "YOAVelocity=LW-Y", "ZOAVelocity=LW-Z");

        (await LevelAlertsAsync()).ShouldBeEmpty();
        var times = File.ReadLines(file).Skip(1).Select(line => DateTimeOffset.Parse(line.Split(',')[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).ToArray();
        var silences = times.Zip(times.Skip(1)).Where(pair => pair.Second - pair.First > TimeSpan.FromHours(3)).ToArray();
        silences.Length.ShouldBeGreaterThan(10);
        foreach (var sensor in new[] { "LW-X", "LW-Y", "LW-Z" })
        {
            var noData = (await AlertsAsync(sensor)).SelectMany(alert => alert.Transitions).Where(entry => entry.Trigger == AlertTrigger.Raised).ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine($"{sensor}: {silences.Length} silences of more than 3 h, {noData.Length} of more than 8 times its cadence");
            foreach (var (before, after) in silences)
                noData.Count(entry => entry.At > before && entry.At < after).ShouldBe(1);

            // It sends every 15 minutes: silences are longer than 8 times that.
            noData.ShouldAllBe(entry => entry.At - entry.Evaluation!.Since >= TimeSpan.FromHours(1.9));
        }
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static void Report(IEnumerable<Alert> alerts)
    {
        foreach (var alert in alerts)
            TestContext.Current.TestOutputHelper?.WriteLine($"{alert.SensorId} {alert.Severity} raised {alert.FirstRaisedAt:u}, {(End - alert.FirstRaisedAt)!.Value.TotalHours:0.0} h before the end, {alert.Raises} times");
    }

    // The first reading creates the sensor; from then on its baseline is learned.
    private async Task LearnAsync(DateTimeOffset at, string unit, double hours, params string[] sensors)
    {
        foreach (var sensor in sensors)
        {
            var first = $$"""{"eventId":"first","eventType":"VibrationRecorded","timestamp":"{{at.UtcDateTime:O}}","data":{"sensorId":"{{sensor}}","vibrationLevel":0.05,"baselineVibrationLevel":0,"unit":"{{unit}}"} }""";
            await Server.PostEventsAsync(first);
            var settings = new SensorSettings { BaselineSource = BaselineSource.Learned, LearnFrom = at.AddSeconds(1), LearnHours = hours };
            using var learning = await Server.Http.PutAsJsonAsync($"api/v1/sensors/{sensor}/settings", settings, DashboardJson.Default.SensorSettings, TestContext.Current.CancellationToken);
            learning.EnsureSuccessStatusCode();
        }
    }

    private async Task AddRuleAsync(AlertRule rule)
    {
        using var added = await Server.Http.PostAsJsonAsync("api/v1/rules", new RuleEdit(rule), DashboardJson.Default.RuleEdit, TestContext.Current.CancellationToken);
        added.EnsureSuccessStatusCode();
    }

    // Silences are evaluated only while nothing can have been missed: wait for the silence of a sensor that may be silent for one second.
    private async Task ClockRunsAsync()
    {
        await AddRuleAsync(new("Clock", new(ScopeKind.Sensor, "CLOCK"), new(ConditionKind.NoData), [new(Severity.Advisory, 1, 1, AlertDelay.AtOnce)]));
        await Server.PostEventsAsync(TestSensor.Event(4, TimeProvider.System.GetUtcNow(), "CLOCK"));
        await Eventually.TrueAsync(async () => (await Server.FleetAsync()).OpenAlerts.Any(alert => alert.SensorId == "CLOCK"), "a silence of a second is told");
    }

    private async Task<IReadOnlyList<Alert>> LevelAlertsAsync() =>
        [.. (await Server.GetAsync<AlertPage>("api/v1/alerts?limit=500"))!.Items.Where(alert => alert.Kind != ConditionKind.NoData).OrderBy(alert => alert.RaisedAt)];

    private async Task<IReadOnlyList<AlertDetail>> AlertsAsync(string sensor)
    {
        var details = new List<AlertDetail>();
        foreach (var alert in (await Server.GetAsync<AlertPage>($"api/v1/alerts?limit=500&sensorId={sensor}"))!.Items)
            details.Add((await Server.GetAsync<AlertDetail>($"api/v1/alerts/{alert.Id}"))!);
        return details;
    }

    private async Task ReplayAsync(string file, params string[] mapping)
    {
        using var output = new StringWriter();
        var exit = await SimulatorCommand.Create(TimeProvider.System)
            .Parse(["replay", "--file", file, .. mapping, "--speed", "max", "--broker", $"127.0.0.1:{Broker.Port}"])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, TestContext.Current.CancellationToken);
        exit.ShouldBe(0, output.ToString());
    }
}
