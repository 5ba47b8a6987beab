using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>A reading above the Critical threshold, over MQTT: shown at once as unconfirmed, without an alert; Critical when others confirm it.</summary>
public sealed class ConfirmedCriticalTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_single_one_is_pushed_at_once_without_an_alert_and_is_gone_with_the_next_reading_below()
    {
        await using var probe = await LiveProbe.ConnectAsync(Server);
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(4, Noon));

        await sensor.PublishAsync(TestSensor.Event(13, Noon.AddMinutes(1)));
        (await LiveProbe.NextAsync(probe.Sensors, shown => shown.IsCriticalUnconfirmed)).Level.ShouldBe(13);
        var fleet = await Server.FleetAsync();
        (fleet.Sensors.Single().IsCriticalUnconfirmed, fleet.OpenAlerts.Length).ShouldBe((true, 0));

        await sensor.PublishAsync(TestSensor.Event(12, Noon.AddMinutes(2)));
        (await LiveProbe.NextAsync(probe.Sensors, shown => !shown.IsCriticalUnconfirmed)).Level.ShouldBe(12);
        (await Server.GetAsync<AlertPage>("api/v1/alerts"))!.Items.ShouldBeEmpty();
        (await Server.GetAsync<SensorSnapshot>("api/v1/sensors/VB-1"))!.IsCriticalUnconfirmed.ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_shown_after_a_restart_too_and_the_third_one_is_critical()
    {
        await using (var sensor = await TestSensor.ConnectAsync(Broker))
        {
            await sensor.PublishAsync(TestSensor.Event(13, Noon));
            await sensor.PublishAsync(TestSensor.Event(13, Noon.AddMinutes(30)));
            await Server.WorkedOnAsync(2);
        }

        await RestartServerAsync();
        (await Server.FleetAsync()).Sensors.Single().IsCriticalUnconfirmed.ShouldBeTrue();

        await using var again = await TestSensor.ConnectAsync(Broker);
        await again.PublishAsync(TestSensor.Event(14, Noon.AddMinutes(60)));
        await Server.WorkedOnAsync(1);
        var fleet = await Server.FleetAsync();
        var alert = fleet.OpenAlerts.ShouldHaveSingleItem();
        (alert.Severity, alert.State, alert.Level, alert.Since, alert.RaisedAt).ShouldBe((Severity.Critical, AlertState.Unacknowledged, 14, Noon, Noon.AddMinutes(60)));
        fleet.Sensors.Single().IsCriticalUnconfirmed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_restart_between_it_and_the_next_reading_below_ends_it()
    {
        await using (var sensor = await TestSensor.ConnectAsync(Broker))
        {
            await sensor.PublishAsync(TestSensor.Event(13, Noon));
            await Server.WorkedOnAsync(1);
        }

        await RestartServerAsync();
        await using var again = await TestSensor.ConnectAsync(Broker);
        await again.PublishAsync(TestSensor.Event(4, Noon.AddMinutes(1)));
        await Server.WorkedOnAsync(1);

        (await Server.FleetAsync()).Sensors.Single().IsCriticalUnconfirmed.ShouldBeFalse();
    }

    [Fact]
    public async Task Ten_seconds_of_a_fast_sensor_are_critical_and_nine_are_not()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        for (var tenth = 0; tenth < 100; tenth++)
            await sensor.PublishAsync(TestSensor.Event(13, Noon.AddSeconds(tenth / 10.0)));
        await Server.WorkedOnAsync(100);
        (await Server.FleetAsync()).OpenAlerts.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);

        await sensor.PublishAsync(TestSensor.Event(13, Noon.AddSeconds(10)));
        await Server.WorkedOnAsync(101);

        (await Server.FleetAsync()).OpenAlerts.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Critical);
    }

    [Fact]
    public async Task Above_ten_times_the_baseline_and_by_the_senders_own_word_it_is_critical_at_once()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);

        await sensor.PublishAsync(TestSensor.SeedEvent, "VB-42345");
        await sensor.PublishAsync(TestSensor.SeedEvent.Replace("VB-42345", "VB-2", StringComparison.Ordinal)
            .Replace("Vibration level recorded exceeds the acceptable threshold. Immediate inspection required.", "OK", StringComparison.Ordinal), "VB-2");
        await sensor.PublishAsync(TestSensor.Event(40, Noon, "VB-3"), "VB-3");
        await sensor.PublishAsync(TestSensor.Event(40.1, Noon, "VB-4"), "VB-4");
        await Server.WorkedOnAsync(4);

        var fleet = await Server.FleetAsync();
        fleet.OpenAlerts.Select(alert => (alert.SensorId, alert.Severity)).ShouldBe([("VB-42345", Severity.Critical), ("VB-4", Severity.Critical)], ignoreOrder: true);
        fleet.Sensors.Where(shown => shown.IsCriticalUnconfirmed).Select(shown => shown.SensorId).ShouldBe(["VB-2", "VB-3"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_late_reading_does_not_take_back_what_the_sender_called_critical()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        foreach (var second in (int[])[0, 1, 3])
            await sensor.PublishAsync(TestSensor.Event(9, Noon.AddSeconds(second)));
        await sensor.PublishAsync(
            TestSensor.Event(13, Noon.AddSeconds(4)).Replace("\"data\"", "\"systemMessage\":\"Critical\",\"data\"", StringComparison.Ordinal));
        await Server.WorkedOnAsync(4);
        (await Server.FleetAsync()).OpenAlerts.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Critical);

        await sensor.PublishAsync(TestSensor.Event(9, Noon.AddSeconds(2)));
        (await Server.WorkedOnAsync(5)).Late.ShouldBe(1);

        (await Server.FleetAsync()).OpenAlerts.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Critical);
        (await Server.GetAsync<AlertDetail>("api/v1/alerts/1"))!.Transitions.Select(entry => entry.Trigger).ShouldBe([AlertTrigger.Raised, AlertTrigger.Worsened]);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();
}
