using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>From a sensor's publish to the messages of a browser; run against each kind of broker.</summary>
public abstract class WayOfAnEventTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_seed_event_sent_by_mosquitto_pub_is_shown_and_raises_a_critical_alert()
    {
        await using var probe = await LiveProbe.ConnectAsync(Server);
        await probe.CallAsync(LiveHubMethods.WatchFleet);

        using var publisher = Process.Start(
            Programs.Find("mosquitto_pub"),
            ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-q", "1", "-t", "sensors/VB-42345/vibration", "-m", TestSensor.SeedEvent]);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        publisher.ExitCode.ShouldBe(0);

        var sensor = await LiveProbe.NextAsync(probe.Sensors);
        sensor.SensorId.ShouldBe("VB-42345");
        sensor.Facts.ShouldBe(new SensorFacts("Motor Assembly Line B, Conveyor Unit 4", "VibroMonitor Pro X1", new DateOnly(2023, 6, 15), "VibrationSensor", "v1.2"));
        var tick = await LiveProbe.NextAsync(probe.Ticks);
        (tick.Level, tick.Baseline, tick.Count, tick.Sequence).ShouldBe((12.5, 4.0, 1, 1));
        var change = await LiveProbe.NextAsync(probe.Alerts);
        (change.Alert.Severity, change.Alert.State, change.Alert.Level, change.Alert.Threshold).ShouldBe((Severity.Critical, AlertState.Unacknowledged, 12.5, 12.0));
        change.Alert.Message.ShouldBe("Vibration level recorded exceeds the acceptable threshold. Immediate inspection required.");

        var fleet = await Server.FleetAsync();
        var shown = fleet.Sensors.ShouldHaveSingleItem();
        (shown.Level, shown.Baseline, shown.Unit, shown.Timestamp).ShouldBe((12.5, 4.0, "m/s²", new DateTimeOffset(2023, 9, 29, 16, 30, 25, TimeSpan.Zero)));
        fleet.OpenAlerts.ShouldHaveSingleItem().Id.ShouldBe(change.Alert.Id);
    }

    [Fact]
    public async Task An_event_that_comes_again_is_stored_and_evaluated_once()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        var payload = TestSensor.Event(41, Noon, eventId: "same");

        await sensor.PublishAsync(payload);
        await sensor.PublishAsync(payload);
        var status = await Server.WorkedOnAsync(2);

        (status.Stored, status.Duplicates).ShouldBe((1, 1));
        (await HistoryAsync()).Buckets.Sum(bucket => bucket.Count).ShouldBe(1);
        (await Server.GetAsync<AlertPage>("api/v1/alerts"))!.Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_events_of_one_sensor_and_instant_are_both_kept()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);

        await sensor.PublishAsync(TestSensor.Event(4, Noon));
        await sensor.PublishAsync(TestSensor.Event(5, Noon));

        (await Server.WorkedOnAsync(2)).Stored.ShouldBe(2);
        var bucket = (await HistoryAsync()).Buckets.ShouldHaveSingleItem();
        (bucket.Count, bucket.Min, bucket.Max, bucket.Mean).ShouldBe((2, 4, 5, 4.5));
    }

    [Fact]
    public async Task A_late_reading_is_stored_and_counted_but_neither_shown_nor_evaluated()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);

        await sensor.PublishAsync(TestSensor.Event(4, Noon));
        await sensor.PublishAsync(TestSensor.Event(40, Noon.AddSeconds(-10)));

        var status = await Server.WorkedOnAsync(2);
        (status.Stored, status.Late).ShouldBe((2, 1));
        var fleet = await Server.FleetAsync();
        fleet.Sensors.Single().Level.ShouldBe(4);
        fleet.OpenAlerts.ShouldBeEmpty();
        (await HistoryAsync()).Buckets.Max(bucket => bucket.Max).ShouldBe(40);
    }

    [Fact]
    public async Task Bad_input_becomes_dead_letters_with_reasons_and_stops_nothing()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        var good = TestSensor.Event(4, Noon);
        (byte[] Payload, RejectionReason Reason)[] bad =
        [
            ("{"u8.ToArray(), RejectionReason.MalformedJson),
            ([], RejectionReason.MalformedJson),
            (Text("""{"eventType":"VibrationRecorded"}"""), RejectionReason.MissingField),
            (Text(good.Replace("4.0", "NaN", StringComparison.Ordinal)), RejectionReason.MalformedJson),
            (Text(good.Replace("4.0", "\"4.0\"", StringComparison.Ordinal)), RejectionReason.InvalidField),
            (Text(good.Replace("4.0", "1e999", StringComparison.Ordinal)), RejectionReason.InvalidNumber),
            (new byte[5 * 1024 * 1024], RejectionReason.PayloadTooLarge),
            (Encoding.Unicode.GetBytes(good), RejectionReason.InvalidEncoding),
            (Encoding.Latin1.GetBytes(good), RejectionReason.InvalidEncoding),
            (Text(good.Replace("VibrationRecorded", "DoorOpened", StringComparison.Ordinal)), RejectionReason.UnknownEventType),
            (Text(good.Replace("2026-03-01T12:00:00.0000000Z", "2026-03-01T12:00:00", StringComparison.Ordinal)), RejectionReason.TimestampWithoutZone),
            (Text(good.Replace("2026-03-01T", "1970-01-01T", StringComparison.Ordinal)), RejectionReason.TimestampOutOfRange),
            (Text(good.Replace("2026-03-01T", "9999-03-01T", StringComparison.Ordinal)), RejectionReason.TimestampOutOfRange),
            (Text(TestSensor.Event(4, Noon, sensorId: "")), RejectionReason.InvalidSensorId),
            (Text(TestSensor.Event(4, Noon, sensorId: new string('x', 10_000))), RejectionReason.InvalidSensorId),
            (Text(TestSensor.Event(4, Noon, sensorId: "<img src=x onerror=alert(1)>")), RejectionReason.InvalidSensorId),
        ];

        foreach (var (payload, _) in bad)
            await sensor.PublishAsync(payload);
        await sensor.PublishAsync(good);

        var status = await Server.WorkedOnAsync(bad.Length + 1);
        (status.Stored, status.Rejected).ShouldBe((1, bad.Length));
        var letters = (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.Reverse().ToArray();
        letters.Select(letter => letter.Reason).ShouldBe(bad.Select(item => item.Reason));
        letters.ShouldAllBe(letter => letter.Topic == "sensors/VB-1/vibration" && letter.Detail.Length > 0 && letter.Payload.Length <= DeadLetter.MaximumPayloadLength);
        letters[6].PayloadBytes.ShouldBe(5 * 1024 * 1024);
    }

    [Fact]
    public async Task After_a_restart_everything_goes_on_where_it_was()
    {
        await using (var sensor = await TestSensor.ConnectAsync(Broker))
        {
            // A Critical alert on one sensor; on another the Warning rule has counted two of three readings.
            await sensor.PublishAsync(TestSensor.Event(41, Noon, "VB-1"));
            await sensor.PublishAsync(TestSensor.Event(9, Noon, "VB-2"));
            await sensor.PublishAsync(TestSensor.Event(9, Noon.AddSeconds(1), "VB-2"));
            await Server.WorkedOnAsync(3);
        }

        (await Server.AcknowledgeAsync(1, "Ann", "seen")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await RestartServerAsync();

        var before = await Server.FleetAsync();
        before.Sensors.Length.ShouldBe(2);
        before.OpenAlerts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            alert => alert.State.ShouldBe(AlertState.Acknowledged),
            alert => alert.Acknowledgement!.By.ShouldBe("Ann"));
        await using (var sensor = await TestSensor.ConnectAsync(Broker))
        {
            await sensor.PublishAsync(TestSensor.Event(42, Noon.AddSeconds(2), "VB-1"));
            await sensor.PublishAsync(TestSensor.Event(9, Noon.AddSeconds(2), "VB-2"));
            await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(3), "VB-1"));
            await Server.WorkedOnAsync(3);
        }

        var alerts = (await Server.GetAsync<AlertPage>("api/v1/alerts"))!.Items;
        alerts.Select(alert => (alert.SensorId, alert.Severity, alert.State)).ShouldBe(
            [("VB-2", Severity.Warning, AlertState.Unacknowledged), ("VB-1", Severity.Critical, AlertState.Normal)]);
        alerts[1].PeakLevel.ShouldBe(42);
        var journal = (await Server.GetAsync<AlertDetail>("api/v1/alerts/1"))!.Transitions;
        journal.Select(entry => (entry.From, entry.To)).ShouldBe(
            [(AlertState.Normal, AlertState.Unacknowledged), (AlertState.Unacknowledged, AlertState.Acknowledged), (AlertState.Acknowledged, AlertState.Normal)]);
        (await Server.GetAsync<AlertDetail>("api/v1/alerts/2"))!.Transitions.Select(entry => (entry.Position, entry.To, entry.Evaluation!.Since)).ShouldBe(
            [(3, AlertState.Unacknowledged, Noon)]);
        (await HistoryAsync("VB-1")).Buckets.Sum(bucket => bucket.Count).ShouldBe(3);
    }

    [Fact]
    public async Task An_acknowledgement_reaches_every_browser_and_counts_once()
    {
        await using var first = await LiveProbe.ConnectAsync(Server);
        await using var second = await LiveProbe.ConnectAsync(Server);
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(41, Noon));
        var raised = await LiveProbe.NextAsync(first.Alerts);

        using var acknowledged = await Server.AcknowledgeAsync(raised.Alert.Id, " Ann ", "on my way");
        using var again = await Server.AcknowledgeAsync(raised.Alert.Id, "Bob");
        using var unknown = await Server.AcknowledgeAsync(99, "Bob");

        acknowledged.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var probe in new[] { first, second })
        {
            var change = await LiveProbe.NextAsync(probe.Alerts, change => change.Alert.State == AlertState.Acknowledged);
            (change.Alert.Acknowledgement!.By, change.Alert.Acknowledgement.Note, change.Transition.By).ShouldBe(("Ann", "on my way", "Ann"));
        }

        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken))!.Detail!.ShouldContain("Ann");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Ticks_are_coalesced_and_account_for_every_reading()
    {
        await using var probe = await LiveProbe.ConnectAsync(Server);
        await probe.CallAsync(LiveHubMethods.WatchSensor, "VB-1");
        await using var sensor = await TestSensor.ConnectAsync(Broker);

        for (var i = 0; i < 200; i++)
            await sensor.PublishAsync(TestSensor.Event(i == 77 ? 7.5 : 4, Noon.AddMilliseconds(i)));

        var ticks = new List<SensorTick>();
        while (ticks.Count == 0 || ticks[^1].Sequence < 200)
            ticks.Add(await LiveProbe.NextAsync(probe.Ticks));
        ticks.Sum(tick => tick.Count).ShouldBe(200);
        ticks.Max(tick => tick.Max).ShouldBe(7.5);
        ticks.Count.ShouldBeLessThan(100);
        for (var i = 1; i < ticks.Count; i++)
            (ticks[i].Sequence - ticks[i].Count).ShouldBe(ticks[i - 1].Sequence);
    }

    [Fact]
    public async Task History_and_ticks_join_without_a_gap_or_a_double_while_readings_keep_coming()
    {
        await using var probe = await LiveProbe.ConnectAsync(Server);
        await probe.CallAsync(LiveHubMethods.WatchSensor, "VB-1");
        await using var sensor = await TestSensor.ConnectAsync(Broker);

        // An external broker acknowledges before the server has the event: the rest waits until the server is running.
        await sensor.PublishAsync(TestSensor.Event(4, Noon));
        await LiveProbe.NextAsync(probe.Ticks);
        var published = 1;
        async Task PublishAsync()
        {
            for (var i = 0; i < 90; i++)
                await sensor.PublishAsync(TestSensor.Event(4, Noon.AddMilliseconds(published++)));
        }

        // In total no more than Mosquitto queues by default for a slow server.
        var windows = new List<TrendWindow>();
        while (windows.Count < 10)
        {
            var publishing = PublishAsync();
            windows.Add(new TrendWindow((await Server.GetAsync<TrendHistory>("api/v1/sensors/VB-1/history?from=2026-03-01T11:00:00Z"))!));
            await publishing;
        }

        SensorTick last;
        do
        {
            last = await LiveProbe.NextAsync(probe.Ticks);
            foreach (var window in windows)
                window.Add(last);
        }
        while (last.Sequence < published);

        // Ticks read before the first window was created are older than it; later ones are all applied.
        foreach (var window in windows)
            window.Buckets.Sum(bucket => bucket.Count).ShouldBe(published);
    }

    [Fact]
    public async Task Only_watched_sensors_tick()
    {
        await using var probe = await LiveProbe.ConnectAsync(Server);
        await probe.CallAsync(LiveHubMethods.WatchSensor, "VB-2");
        await using var sensor = await TestSensor.ConnectAsync(Broker);

        await sensor.PublishAsync(TestSensor.Event(4, Noon, "VB-1"));
        await Server.WorkedOnAsync(1);
        await sensor.PublishAsync(TestSensor.Event(4, Noon, "VB-2"));

        (await LiveProbe.NextAsync(probe.Ticks)).SensorId.ShouldBe("VB-2");
        await Should.ThrowAsync<Exception>(() => probe.CallAsync(LiveHubMethods.WatchSensor, "<b>"));
    }

    [Fact]
    public async Task Many_sensors_are_watched_with_one_call()
    {
        await using var probe = await LiveProbe.ConnectAsync(Server);
        string[] many = [.. Enumerable.Range(1, 500).Select(number => $"VB-{number}")];
        await probe.CallAsync(LiveHubMethods.WatchSensors, [many]);
        await using var sensor = await TestSensor.ConnectAsync(Broker);

        await sensor.PublishAsync(TestSensor.Event(4, Noon, "VB-501"));
        await sensor.PublishAsync(TestSensor.Event(4, Noon, "VB-500"));

        (await LiveProbe.NextAsync(probe.Ticks)).SensorId.ShouldBe("VB-500");
        (await Should.ThrowAsync<HubException>(() => probe.CallAsync(LiveHubMethods.WatchSensor, "VB-501"))).Message.ShouldContain("At most 500 sensors");
        await Should.ThrowAsync<HubException>(() => probe.CallAsync(LiveHubMethods.WatchSensors, [new[] { "VB-1", "<b>" }]));
        await probe.CallAsync(LiveHubMethods.UnwatchSensors, [many]);
        await probe.CallAsync(LiveHubMethods.WatchSensor, "VB-501");
        await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(1), "VB-1"));
        await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(1), "VB-501"));
        (await LiveProbe.NextAsync(probe.Ticks, tick => tick.Timestamp > Noon)).SensorId.ShouldBe("VB-501");
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<TrendHistory> HistoryAsync(string sensorId = "VB-1") =>
        (await Server.GetAsync<TrendHistory>($"api/v1/sensors/{sensorId}/history?from=2026-03-01T11:00:00Z&to=2026-03-01T13:00:00Z&points=300"))!;
}
