using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>A reading from the future, over MQTT, with a restart before the clock reaches it.</summary>
public sealed class FutureReadingTests : IDisposable
{
    private const string Sensor = "FUT1";

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-future-").FullName;
    private readonly EmbeddedTestBroker _broker = new();
    private readonly ShiftedClock _clock = new();

    [Fact]
    public async Task It_hides_no_critical_reading_and_has_its_turn_when_its_time_has_come()
    {
        var now = _clock.GetUtcNow();
        await using (var server = await TestServer.StartAsync(_folder, _broker, _clock))
        {
            await using var sensor = await TestSensor.ConnectAsync(_broker);
            foreach (var second in (int[])[-4, -2, 240])
                await sensor.PublishAsync(TestSensor.Event(2, now.AddSeconds(second), Sensor, baseline: 2), Sensor);
            await sensor.PublishAsync(TestSensor.Event(20, now, Sensor, baseline: 2), Sensor);
            await sensor.PublishAsync(TestSensor.Event(21, _clock.GetUtcNow(), Sensor, baseline: 2), Sensor);
            var status = await server.WorkedOnAsync(5);

            (status.Stored, status.Late).ShouldBe((5, 0));
            await ShouldBeCriticalAsync(server);
            (await server.GetAsync<SensorSnapshot>($"api/v1/sensors/{Sensor}"))!.ClockOffsetSeconds!.Value.ShouldBe(240, tolerance: 30);
            (await HistoryAsync(server, now)).Buckets.Sum(bucket => bucket.Count).ShouldBe(5);
        }

        await using (var server = await TestServer.StartAsync(_folder, _broker, _clock))
        {
            await ShouldBeCriticalAsync(server);

            _clock.Shift = TimeSpan.FromSeconds(241);
            var cleared = await Eventually.GetAsync(
                async () => (await server.FleetAsync()).OpenAlerts.Single() is { State: AlertState.ReturnedUnacknowledged } alert ? alert : null, "its turn");
            (cleared.ClearedAt!.Value - now).TotalSeconds.ShouldBe(240, tolerance: 0.001);
            await Eventually.TrueAsync(async () => (await server.FleetAsync()).Sensors.Single() is { Level: 2, ClockOffsetSeconds: null }, "it is the present");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task ShouldBeCriticalAsync(TestServer server)
    {
        var fleet = await server.FleetAsync();
        fleet.Sensors.ShouldHaveSingleItem().Level.ShouldBe(21);
        var alert = fleet.OpenAlerts.ShouldHaveSingleItem();
        (alert.State, alert.Severity, alert.PeakLevel, alert.IsBackfilled).ShouldBe((AlertState.Unacknowledged, Severity.Critical, 21, false));
    }

    private static async Task<TrendHistory> HistoryAsync(TestServer server, DateTimeOffset now) =>
        (await server.GetAsync<TrendHistory>($"api/v1/sensors/{Sensor}/history?from={now.AddMinutes(-1).UtcDateTime:O}&to={now.AddMinutes(5).UtcDateTime:O}"))!;
}
