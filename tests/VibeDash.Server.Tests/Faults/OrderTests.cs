using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Events that arrive twice, out of order, late, or while the server's clock is wrong.</summary>
public sealed class OrderTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Sensors = ["VB-1", "VB-2", "VB-3"];

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-order-").FullName;
    private readonly EmbeddedTestBroker _broker = new();

    [Fact]
    public async Task A_sensor_that_sends_everything_twice_and_then_all_of_it_again_is_stored_and_evaluated_once()
    {
        var events = Series(100);
        await using (var server = await TestServer.StartAsync(_folder, _broker))
        {
            await using var sensor = await TestSensor.ConnectAsync(_broker);
            foreach (var sent in events)
                await Task.WhenAll(sensor.PublishAsync(sent.Payload), sensor.PublishAsync(sent.Payload));
            foreach (var sent in events)
                await sensor.PublishAsync(sent.Payload);

            var status = await server.WorkedOnAsync(events.Length * 3);
            (status.Stored, status.Duplicates, status.Late, status.Rejected).ShouldBe((events.Length, events.Length * 2, 0, 0));
        }

        var stored = StoredRecord.Load(_folder);
        stored.ShouldBeAllOf([.. events.Select(sent => sent.Id)]);
        stored.Journal.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task In_disorder_everything_is_stored_and_every_alert_of_the_right_order_is_on_record()
    {
        var events = Series(200);
        new Random(20261124).Shuffle(events);
        var late = new HashSet<string>();
        var newest = Sensors.ToDictionary(sensor => sensor, _ => DateTimeOffset.MinValue);
        foreach (var sent in events)
        {
            if (sent.At < newest[sent.Sensor])
                late.Add(sent.Id);
            else
                newest[sent.Sensor] = sent.At;
        }

        await using (var server = await TestServer.StartAsync(_folder, _broker))
        {
            await using var sensor = await TestSensor.ConnectAsync(_broker);
            foreach (var sent in events)
                await sensor.PublishAsync(sent.Payload);

            var status = await server.WorkedOnAsync(events.Length);
            (status.Stored, status.Late).ShouldBe((events.Length, late.Count));
        }

        var stored = StoredRecord.Load(_folder);
        stored.Readings.Select(reading => reading.EventId).ShouldBe(events.Select(sent => sent.Id), ignoreOrder: true);
        var expected = stored.ExpectedAlerts();
        expected.ShouldNotBeEmpty();
        expected.ShouldAllBe(alert => stored.Alerts.Any(recorded => Overlap(recorded, alert)));
        stored.Alerts.Where(alert => alert.Facts.IsActive).Select(alert => alert.SensorId)
            .ShouldBe(expected.Where(alert => alert.Facts.IsActive).Select(alert => alert.SensorId), ignoreOrder: true);
        stored.Alerts.Where(alert => alert.IsBackfilled).ShouldAllBe(alert => !alert.IsUnacknowledged);
    }

    [Fact]
    public async Task An_alert_found_in_events_that_are_hours_late_is_journalled_and_pages_nobody()
    {
        await using var server = await TestServer.StartAsync(_folder, _broker);
        await using var sensor = await TestSensor.ConnectAsync(_broker);
        await sensor.PublishAsync(TestSensor.Event(1, Noon, eventId: "now"));
        await server.WorkedOnAsync(1);

        // All in one request, like a gateway that sends its buffer.
        var kept = Enumerable.Range(0, 10).Select(i => TestSensor.Event(i is > 2 and < 7 ? 41 : 1, Noon.AddHours(-9).AddSeconds(i), eventId: $"late-{i}"));
        await server.PostEventsAsync(kept);
        (await server.WorkedOnAsync(11)).Late.ShouldBe(10);

        (await server.FleetAsync()).OpenAlerts.ShouldBeEmpty();
        var alert = (await server.GetAsync<AlertPage>("api/v1/alerts"))!.Items.ShouldHaveSingleItem();
        (alert.State, alert.IsBackfilled, alert.RaisedAt, alert.ClearedAt).ShouldBe((AlertState.Normal, true, Noon.AddHours(-9).AddSeconds(3), Noon.AddHours(-9).AddSeconds(7)));
        (await server.GetAsync<AlertDetail>($"api/v1/alerts/{alert.Id}"))!.Transitions.Select(entry => (entry.Trigger, entry.IsBackfilled))
            .ShouldBe([(AlertTrigger.Raised, true), (AlertTrigger.Cleared, true)]);
    }

    [Fact]
    public async Task Events_that_are_hours_late_complete_the_history_and_change_no_alert()
    {
        string[] sent = [.. Enumerable.Range(0, 10).Select(i => $"now-{i}"), .. Enumerable.Range(0, 10).Select(i => $"late-{i}")];
        await using (var server = await TestServer.StartAsync(_folder, _broker))
        {
            await using var sensor = await TestSensor.ConnectAsync(_broker);
            for (var i = 0; i < 10; i++)
                await sensor.PublishAsync(TestSensor.Event(41, Noon.AddSeconds(i), eventId: $"now-{i}"));
            var before = await server.GetAsync<AlertPage>("api/v1/alerts");

            // Normal levels, which would clear the alert.
            for (var i = 0; i < 10; i++)
                await sensor.PublishAsync(TestSensor.Event(1, Noon.AddHours(-9).AddSeconds(i), eventId: $"late-{i}"));

            (await server.WorkedOnAsync(20)).Late.ShouldBe(10);
            (await server.GetAsync<AlertPage>("api/v1/alerts"))!.Items.ShouldBe(before!.Items);
            (await server.FleetAsync()).Sensors.Single().Level.ShouldBe(41);
            (await server.GetAsync<TrendHistory>("api/v1/sensors/VB-1/history?from=2026-03-01T02:00:00Z&to=2026-03-01T04:00:00Z"))!
                .Buckets.Sum(bucket => bucket.Count).ShouldBe(10);
        }

        StoredRecord.Load(_folder).ShouldBeAllOf(sent, sent.Where(id => id.StartsWith("late", StringComparison.Ordinal)).ToHashSet());
    }

    [Fact]
    public async Task Two_events_of_one_sensor_and_instant_are_both_stored_and_evaluated_also_when_they_come_again()
    {
        await using (var server = await TestServer.StartAsync(_folder, _broker))
        {
            await using var sensor = await TestSensor.ConnectAsync(_broker);
            for (var i = 0; i < 2; i++)
            {
                await sensor.PublishAsync(TestSensor.Event(4, Noon, eventId: "calm"));
                await sensor.PublishAsync(TestSensor.Event(41, Noon, eventId: "loud"));
            }

            var status = await server.WorkedOnAsync(4);
            (status.Stored, status.Duplicates, status.Late).ShouldBe((2, 2, 0));
            (await server.FleetAsync()).OpenAlerts.ShouldHaveSingleItem().State.ShouldBe(AlertState.Unacknowledged);
        }

        StoredRecord.Load(_folder).ShouldBeAllOf(["calm", "loud"]);
    }

    [Fact]
    public async Task A_clock_set_back_rejects_by_name_what_seems_to_come_from_the_future_and_nothing_else()
    {
        var clock = new ShiftedClock();
        await using (var server = await TestServer.StartAsync(_folder, _broker, clock))
        {
            await using var sensor = await TestSensor.ConnectAsync(_broker);
            var now = clock.GetUtcNow();
            await sensor.PublishAsync(TestSensor.Event(4, now, "VB-1", "before"));

            clock.Shift = TimeSpan.FromHours(-1);
            await sensor.PublishAsync(TestSensor.Event(4, now.AddSeconds(1), "VB-1", "from the future"));
            await sensor.PublishAsync(TestSensor.Event(4, now.AddHours(-2), "VB-2", "slow sensor"));
            var status = await server.WorkedOnAsync(3);
            (status.Stored, status.Rejected).ShouldBe((2, 1));
            var letter = (await server.GetAsync<DeadLetter[]>("api/v1/dead-letters")).ShouldHaveSingleItem();
            letter.Reason.ShouldBe(RejectionReason.TimestampOutOfRange);
            letter.Payload.ShouldContain("from the future");

            clock.Shift = TimeSpan.Zero;
            await sensor.PublishAsync(TestSensor.Event(4, now.AddSeconds(1), "VB-1", "from the future"));
            clock.Shift = TimeSpan.FromDays(30);
            await sensor.PublishAsync(TestSensor.Event(4, now.AddSeconds(2), "VB-1", "after"));
            status = await server.WorkedOnAsync(5);
            (status.Stored, status.Rejected, status.Late, status.StorageFault).ShouldBe((4, 1, 0, null));
        }

        StoredRecord.Load(_folder).ShouldBeAllOf(["before", "slow sensor", "from the future", "after"]);
    }

    [Fact]
    public async Task A_clock_that_jumps_forward_and_back_under_way_changes_nothing_that_goes_by_event_time()
    {
        var clock = new ShiftedClock();
        var events = Series(100);
        await using (var server = await TestServer.StartAsync(_folder, _broker, clock))
        {
            await using var sensor = await TestSensor.ConnectAsync(_broker);
            for (var i = 0; i < events.Length; i++)
            {
                clock.Shift = TimeSpan.FromDays((i / 60) % 2 == 0 ? 0 : 30);
                await sensor.PublishAsync(events[i].Payload);
            }

            var status = await server.WorkedOnAsync(events.Length);
            (status.Stored, status.Rejected, status.Late, status.StorageFault).ShouldBe((events.Length, 0, 0, null));
        }

        var stored = StoredRecord.Load(_folder);
        stored.ShouldBeAllOf([.. events.Select(sent => sent.Id)]);
        stored.Journal.ShouldNotBeEmpty();
    }

    private static bool Overlap(Alert one, Alert other) =>
        one.SensorId == other.SensorId && one.Kind == other.Kind
        && (one.ClearedAt is null || other.RaisedAt <= one.ClearedAt) && (other.ClearedAt is null || one.RaisedAt <= other.ClearedAt);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Readings of all sensors, second by second, which raise and clear alerts.</summary>
    private static (string Sensor, DateTimeOffset At, string Id, string Payload)[] Series(int seconds) =>
    [
        .. from second in Enumerable.Range(0, seconds)
           from sensor in Sensors
           let at = Noon.AddSeconds(second)
           let id = $"{sensor} {second}"
           select (sensor, at, id, TestSensor.Event(second % 20 < 12 ? 4 : 41, at, sensor, id)),
    ];
}
