using System.Text.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.History;

/// <summary>A sensor whose unit changes in mid-history, through a broker: 0.50 g for 25 minutes, then the same vibration as 4.9 m/s².</summary>
public sealed class UnitChangeOverMqttTests : ServerTest
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 11, 47, 10, TimeSpan.Zero);

    [Fact]
    public async Task It_is_one_history_in_the_present_unit_without_a_step_or_an_alert_also_after_a_restart()
    {
        await PublishAsync(0, 150, 0.5, "g", baseline: 0.4);
        (await HistoryAsync(3000)).Unit.ShouldBe("g");
        await PublishAsync(150, 150, 4.9, "m/s²", baseline: 3.92266);

        for (var i = 0; i < 2; i++)
        {
            // Single readings, and rollups by the minute, the hour and the day.
            foreach (var hours in (int[])[1, 4, 400, 20_000])
            {
                var history = await HistoryAsync(points: 60, hours);
                (history.Unit, history.Cuts.Length, history.Buckets.Sum(bucket => bucket.Count)).ShouldBe(("m/s²", 0, 300), $"{hours} h");
                history.Buckets.ShouldAllBe(bucket => bucket.Min >= 4.9 - 1e-9 && bucket.Max <= 4.903325 + 1e-9 && bucket.Mean >= bucket.Min - 1e-9 && bucket.Mean <= bucket.Max + 1e-9);
                history.Limits.ShouldHaveSingleItem().Thresholds.Select(threshold => Math.Round(threshold.Level, 5)).ShouldBe([7.84532, 11.76798]);
            }

            var sensor = (await Server.GetAsync<SensorSnapshot>("api/v1/sensors/VB-1"))!;
            (sensor.Unit, sensor.Level, sensor.Baseline).ShouldBe(("m/s²", 4.9, 3.92266));
            sensor.Sparkline.ShouldAllBe(point => point.Level > 4.89 && point.Level < 4.91);

            // Neither nine times the level nor nine times the baseline.
            (await AlertsAsync()).ShouldBeEmpty();
            await RestartServerAsync();
        }

        // The rules go on in the new unit: two readings of before the change and one after it are three in a row.
        await PublishAsync(300, 2, 1, "g", baseline: 0.4);
        await PublishAsync(302, 1, 9.8, "m/s²", baseline: 3.92266);
        var alert = await Eventually.GetAsync(async () => (await AlertsAsync()).SingleOrDefault(), "the alert is raised");
        (alert.Severity, alert.Level, alert.Unit, alert.Since).ShouldBe((Severity.Warning, 9.8, "m/s²", At(300)));
    }

    [Fact]
    public async Task What_cannot_be_converted_is_cut_and_marked()
    {
        await PublishAsync(0, 150, 0.5, "g", baseline: 0.4);
        await PublishAsync(150, 150, 4.9, "mm/s", baseline: 4);

        var history = await HistoryAsync(points: 60);

        (history.Unit, history.Buckets.Sum(bucket => bucket.Count), history.Buckets.Min(bucket => bucket.Min), history.Buckets.Max(bucket => bucket.Max)).ShouldBe(("mm/s", 150, 4.9, 4.9));
        history.Cuts.ShouldBe([new UnitCut(Start, At(150), "g")]);
        history.Limits.Select(limits => (limits.To, limits.Baseline, limits.Thresholds.Length)).ShouldBe([(At(150), null, 0), (null, 4.0, 2)]);
        (await AlertsAsync()).ShouldBeEmpty();
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static DateTimeOffset At(int index) => Start.AddSeconds(10 * index);

    // One reading every 10 s.
    private async Task PublishAsync(int first, int count, double level, string unit, double baseline)
    {
        var before = (await Server.FleetAsync()).Status.Stored;
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        for (var i = first; i < first + count; i++)
        {
            await sensor.PublishAsync(JsonSerializer.Serialize(new
            {
                eventId = $"event-{i}",
                eventType = "VibrationRecorded",
                timestamp = At(i).UtcDateTime,
                sensorLocation = "Hall 1, Pump 1",
                data = new { sensorId = "VB-1", vibrationLevel = level, baselineVibrationLevel = baseline, unit },
            }));
        }

        await Eventually.TrueAsync(async () => (await Server.FleetAsync()).Status.Stored >= before + count, "the readings are stored");
    }

    private async Task<TrendHistory> HistoryAsync(int points, int hours = 1) => (await Server.GetAsync<TrendHistory>(
        $"api/v1/sensors/VB-1/history?from={Start:yyyy-MM-ddTHH:mm:ssZ}&to={Start.AddHours(hours):yyyy-MM-ddTHH:mm:ssZ}&points={Math.Min(points, 2000)}"))!;

    private async Task<Alert[]> AlertsAsync() => [.. (await Server.GetAsync<AlertPage>("api/v1/alerts"))!.Items.Where(alert => alert.Kind != ConditionKind.NoData)];
}
