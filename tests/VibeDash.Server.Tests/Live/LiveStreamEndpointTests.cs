using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.Readings;
using VibeDash.Server.Live;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Server.Web;

namespace VibeDash.Server.Tests.Live;

/// <summary>The live messages as server-sent events.</summary>
public sealed class LiveStreamEndpointTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    [Fact]
    public async Task A_reader_gets_the_state_at_once_and_then_sensors_alerts_and_ticks()
    {
        await using var stream = await StreamProbe.OpenAsync(Server);
        await using var sensor = await TestSensor.ConnectAsync(Broker);

        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var first = await stream.NextAsync();
        (first.EventType, first.EventId).ShouldBe(("status", "0"));
        await sensor.PublishAsync(TestSensor.Event(41, Noon));

        var events = new List<SseItem<string>>();
        while (!new[] { "sensors", "alerts", "ticks" }.All(type => events.Any(item => item.EventType == type)) || !events.Any(ShowsOneStored))
            events.Add(await stream.NextAsync());

        JsonSerializer.Deserialize(Single("sensors").Data, DashboardJson.Default.SensorSnapshotArray)!.ShouldHaveSingleItem().SensorId.ShouldBe("VB-1");
        JsonSerializer.Deserialize(Single("alerts").Data, DashboardJson.Default.AlertChangeArray)!
            .Select(change => (change.Alert.Severity, change.Alert.State, change.Transition.Position)).ShouldBe([(Severity.Critical, AlertState.Unacknowledged, 1)]);
        JsonSerializer.Deserialize(Single("ticks").Data, DashboardJson.Default.SensorTickArray)!
            .Select(tick => (tick.SensorId, tick.Level, tick.Sequence, tick.Count)).ShouldBe([("VB-1", 41.0, 1, 1)]);

        // Readers resume from an id, so only alert changes may change it.
        events.Where(item => item.EventId is not null).ShouldHaveSingleItem().ShouldBe(Single("alerts"));
        Single("alerts").EventId.ShouldBe("1");
        events.FindIndex(item => item.EventType == "sensors").ShouldBeLessThan(events.FindIndex(item => item.EventType == "ticks"));

        SseItem<string> Single(string type) => events.Where(item => item.EventType == type).ShouldHaveSingleItem();
        static bool ShowsOneStored(SseItem<string> item) =>
            item.EventType == "status" && JsonSerializer.Deserialize(item.Data, DashboardJson.Default.ServerStatus)!.Stored == 1;
    }

    [Fact]
    public async Task With_a_sensor_id_there_are_its_ticks_only_and_the_alerts_of_all()
    {
        await using var stream = await StreamProbe.OpenAsync(Server, "?sensorId=VB-2");
        await stream.NextAsync();
        await using var sensor = await TestSensor.ConnectAsync(Broker);

        await sensor.PublishAsync(TestSensor.Event(41, Noon, "VB-1"));
        (await stream.NextAsync("alerts", DashboardJson.Default.AlertChangeArray)).Data.ShouldHaveSingleItem().Alert.SensorId.ShouldBe("VB-1");

        // Ticks follow the alert change of their commit: those of the first sensor would be next.
        await sensor.PublishAsync(TestSensor.Event(4, Noon, "VB-2"));
        (await stream.NextAsync("ticks", DashboardJson.Default.SensorTickArray)).Data.ShouldHaveSingleItem().SensorId.ShouldBe("VB-2");
    }

    [Fact]
    public async Task A_reader_that_comes_back_gets_the_alert_changes_it_missed()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        string seen;
        await using (var stream = await StreamProbe.OpenAsync(Server))
        {
            await sensor.PublishAsync(TestSensor.Event(41, Noon));
            seen = (await stream.NextAsync("alerts", DashboardJson.Default.AlertChangeArray)).Id!;
        }

        (await Server.AcknowledgeAsync(1, "Ann", "seen")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(1)));
        await sensor.PublishAsync(TestSensor.Event(42, Noon.AddSeconds(2)));

        await using var again = await StreamProbe.OpenAsync(Server, lastEventId: seen);
        var (changes, id) = await again.NextAsync("alerts", DashboardJson.Default.AlertChangeArray);
        changes.Select(change => (change.Transition.Position, change.Transition.To, change.Alert.Id, change.Alert.State, change.Alert.Acknowledgement?.By, change.Alert.ClearedAt)).ShouldBe(
        [
            (2, AlertState.Acknowledged, 1, AlertState.Acknowledged, "Ann", null),
            (3, AlertState.Normal, 1, AlertState.Normal, "Ann", Noon.AddSeconds(1)),
            (4, AlertState.Unacknowledged, 2, AlertState.Unacknowledged, null, null),
        ]);
        id.ShouldBe("4");

        // Then new changes, once.
        await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(3)));
        (await again.NextAsync("alerts", DashboardJson.Default.AlertChangeArray)).Data.ShouldHaveSingleItem().Transition.Position.ShouldBe(5);
    }

    [Fact]
    public async Task What_a_reader_missed_is_told_the_same_as_what_it_would_have_heard()
    {
        await using var stream = await StreamProbe.OpenAsync(Server);
        var start = (await stream.NextAsync()).EventId;
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(41, Noon));
        (await Server.AcknowledgeAsync(1, "Ann", "seen")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(1)));
        var heard = new List<AlertChange>();
        while (heard.Count < 3)
            heard.AddRange((await stream.NextAsync("alerts", DashboardJson.Default.AlertChangeArray)).Data);

        await using var late = await StreamProbe.OpenAsync(Server, lastEventId: start);

        (await late.NextAsync("alerts", DashboardJson.Default.AlertChangeArray)).Data.ShouldBe(heard);
    }

    [Fact]
    public async Task An_illegal_sensor_id_is_refused()
    {
        using var response = await Server.Http.GetAsync("api/v1/live?sensorId=%3Cb%3E", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken);
        problem!.ToRefusal().ShouldBe(Refusal.Invalid(FieldFault.Of("sensorId", FaultCode.SensorIdInvalid, SensorId.MaximumLength)));
    }

    [Fact]
    public async Task The_hundred_and_first_reader_waits_until_one_leaves()
    {
        var streams = new List<StreamProbe>();
        try
        {
            for (var i = 0; i < LiveStreams.Maximum; i++)
                streams.Add(await StreamProbe.OpenAsync(Server, by: $"Reader {i / RequestLimits.StreamsEach}"));
            streams.ShouldAllBe(stream => stream.Status == HttpStatusCode.OK);

            await using (var refused = await StreamProbe.OpenAsync(Server))
            {
                refused.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
                refused.Response.Headers.RetryAfter.ShouldNotBeNull();
                refused.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            }

            await streams[0].DisposeAsync();
            streams.RemoveAt(0);
            await Eventually.TrueAsync(
                async () =>
                {
                    await using var another = await StreamProbe.OpenAsync(Server);
                    return another.Status == HttpStatusCode.OK;
                },
                "there is room for another reader");
        }
        finally
        {
            foreach (var stream in streams)
                await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_person_has_twenty_streams_and_leaves_room_for_others()
    {
        var streams = new List<StreamProbe>();
        try
        {
            for (var i = 0; i < RequestLimits.StreamsEach; i++)
                streams.Add(await StreamProbe.OpenAsync(Server, by: "Mallory"));
            streams.ShouldAllBe(stream => stream.Status == HttpStatusCode.OK);

            await using (var refused = await StreamProbe.OpenAsync(Server, by: "Mallory"))
            {
                refused.Response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
                refused.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            }

            await using (var other = await StreamProbe.OpenAsync(Server, by: "Vera"))
                other.Status.ShouldBe(HttpStatusCode.OK);

            await streams[0].DisposeAsync();
            streams.RemoveAt(0);
            await Eventually.TrueAsync(
                async () =>
                {
                    await using var another = await StreamProbe.OpenAsync(Server, by: "Mallory");
                    return another.Status == HttpStatusCode.OK;
                },
                "a stream that has ended makes room");
        }
        finally
        {
            foreach (var stream in streams)
                await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_open_stream_does_not_hold_up_the_end_of_the_server()
    {
        await using var stream = await StreamProbe.OpenAsync(Server);
        await stream.NextAsync();

        // Whoever is held up waits for the whole of the time that stopping may take.
        Server.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout = TimeLimit.Limit * 2;
        var watch = Stopwatch.StartNew();

        await Server.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);

        await stream.Ended.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        watch.Elapsed.ShouldBeLessThan(TimeLimit.Soon);
    }
}
