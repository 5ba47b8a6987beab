using System.Globalization;
using System.Net.Http.Json;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.DeadLetters;

/// <summary>Rejected under one configuration, replayed under the next.</summary>
public sealed class ReplayTests : IDisposable
{
    private static readonly (string Key, string Value)[] WrongPath = Axes("$.level");
    private static readonly (string Key, string Value)[] RightPath = Axes("$.rms");

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-replay-").FullName;
    private readonly EmbeddedTestBroker _broker = new();

    [Fact]
    public async Task After_the_path_is_put_right_a_replay_stores_the_readings_once_at_their_arrival_and_the_letter_is_gone()
    {
        DeadLetter letter;
        await using (var server = await TestServer.StartAsync(_folder, _broker, WrongPath))
        {
            await ReceiveAsync(server, """{"rms":{"x":1.5,"y":2.5}}""");
            letter = (await LettersAsync(server)).ShouldHaveSingleItem();
            letter.Detail.ShouldBe("Reading '-x': $.level.x is missing. Reading '-y': $.level.y is missing.");
            (await server.FleetAsync()).Status.DeadLetters.ShouldBe(1);
        }

        await using (var server = await TestServer.StartAsync(_folder, _broker, RightPath))
        {
            (await ReplayAsync(server, letter.Id)).ShouldBe(new ReplayResult(ReplayOutcome.Accepted, Stored: 2));

            (await LettersAsync(server)).ShouldBeEmpty();
            var fleet = await server.FleetAsync();
            fleet.Sensors.Select(sensor => (sensor.SensorId, sensor.Level)).ShouldBe([("GW-1-x", 1.5), ("GW-1-y", 2.5)], ignoreOrder: true);
            fleet.Sensors.ShouldAllBe(sensor => sensor.Timestamp == letter.ReceivedAt);
            (fleet.Status.DeadLetters, fleet.Status.Stored, fleet.Status.Rejected).ShouldBe((0, 2, 0));
            using var again = await server.Http.PostAsync($"api/v1/dead-letters/{letter.Id}/replay", null, TestContext.Current.CancellationToken);
            again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        StoredRecord.Load(_folder).Readings.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_a_message_of_which_some_was_accepted_only_the_rest_is_new()
    {
        var (onePath, bothRight) = (Axes("$.rms", y: "$.rms.Y"), RightPath);
        await using (var server = await TestServer.StartAsync(_folder, _broker, onePath))
        {
            await ReceiveAsync(server, """{"rms":{"x":1.5,"y":2.5}}""");
            await server.WorkedOnAsync(2);

            // Rejected for the same reason: unchanged except for the attempt.
            var refused = await ReplayAsync(server, 1);
            (refused.Outcome, refused.Stored, refused.Duplicates, refused.Detail).ShouldBe((ReplayOutcome.Refused, 0, 1, "Reading '-y': $.rms.Y is missing."));
        }

        await using (var server = await TestServer.StartAsync(_folder, _broker, bothRight))
            (await ReplayAsync(server, 1)).ShouldBe(new ReplayResult(ReplayOutcome.Accepted, Stored: 1, Duplicates: 1));

        var readings = StoredRecord.Load(_folder).Readings;
        readings.Select(reading => (reading.SensorId, reading.Level)).ShouldBe([("GW-1-x", 1.5), ("GW-1-y", 2.5)]);
        readings[0].Timestamp.ShouldBe(readings[1].Timestamp);
    }

    [Fact]
    public async Task What_is_refused_again_stays_with_what_is_wrong_with_it_now_and_is_no_second_letter()
    {
        await using (var server = await TestServer.StartAsync(_folder, _broker, WrongPath))
            await ReceiveAsync(server, """{"rms":{"x":-1,"y":2.5}}""");

        await using (var server = await TestServer.StartAsync(_folder, _broker, RightPath))
        {
            var before = (await LettersAsync(server)).Single();
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                var result = await ReplayAsync(server, 1);

                (result.Outcome, result.Reason, result.Detail).ShouldBe((ReplayOutcome.Refused, RejectionReason.InvalidNumber, "Reading '-x': $.rms.x must not be negative, unless its source has Absolute or Signed."));
                var letter = (await LettersAsync(server)).ShouldHaveSingleItem();
                (letter.Reason, letter.Attempts, letter.ReceivedAt).ShouldBe((RejectionReason.InvalidNumber, attempt, before.ReceivedAt));
                letter.LastAttemptAt!.Value.ShouldBeGreaterThan(before.ReceivedAt);
            }

            // Its valid readings are stored, once.
            var status = (await server.FleetAsync()).Status;
            (status.Stored, status.Duplicates, status.Rejected, status.DeadLetters).ShouldBe((1, 1, 0, 1));
        }
    }

    [Fact]
    public async Task Once_the_clock_is_right_what_seemed_to_come_from_the_future_is_accepted_and_evaluated()
    {
        var clock = new ShiftedClock { Shift = TimeSpan.FromDays(-2) };
        var now = TimeProvider.System.GetUtcNow();
        await using var server = await TestServer.StartAsync(_folder, _broker, clock);
        await using var sensor = await TestSensor.ConnectAsync(_broker);
        await sensor.PublishAsync(TestSensor.Event(41, now, eventId: "loud"));
        (await LettersAsync(server)).Single().Reason.ShouldBe(RejectionReason.TimestampOutOfRange);
        (await ReplayAsync(server, 1)).Outcome.ShouldBe(ReplayOutcome.Refused);

        clock.Shift = TimeSpan.Zero;
        (await ReplayAsync(server, 1)).ShouldBe(new ReplayResult(ReplayOutcome.Accepted, Stored: 1));

        (await server.FleetAsync()).OpenAlerts.ShouldHaveSingleItem().Level.ShouldBe(41);
    }

    [Fact]
    public async Task A_replayed_reading_that_is_older_than_what_its_sensor_shows_is_stored_and_not_evaluated()
    {
        await using (var server = await TestServer.StartAsync(_folder, _broker, WrongPath))
            await ReceiveAsync(server, """{"rms":{"x":100,"y":100}}""");
        await using (var server = await TestServer.StartAsync(_folder, _broker, RightPath))
        {
            await ReceiveAsync(server, """{"rms":{"x":1,"y":1}}""");
            await server.WorkedOnAsync(2);

            (await ReplayAsync(server, 1)).Stored.ShouldBe(2);

            var fleet = await server.FleetAsync();
            fleet.OpenAlerts.ShouldBeEmpty();
            fleet.Sensors.ShouldAllBe(shown => shown.Level == 1);
            fleet.Status.Late.ShouldBe(2);
        }

        StoredRecord.Load(_folder).Readings.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_posted_event_is_read_again_as_it_was_posted()
    {
        var at = TimeProvider.System.GetUtcNow();
        var envelope = $$"""{"specversion":"1.0","id":"1","source":"/a","type":"t","data":{{TestSensor.Event(5, at, "VB-3")}}}""";
        await using (var server = await TestServer.StartAsync(_folder, _broker, ("Storage:MaximumSensors", "1")))
        {
            await PostAsync(server, $"[{TestSensor.Event(4, at, "VB-1")},{TestSensor.Event(4, at, "VB-2")}]", "application/json");
            await PostAsync(server, envelope, "application/cloudevents+json");
            (await LettersAsync(server)).ShouldAllBe(letter => letter.Reason == RejectionReason.TooManySensors && letter.Topic == "http" && letter.CanReplay);
        }

        await using (var server = await TestServer.StartAsync(_folder, _broker))
        {
            var run = await ReplayAllAsync(server, new());
            (run.Total, run.Accepted, run.Refused, run.StoredReadings, run.Fault).ShouldBe((2, 2, 0, 2, null));
            (await server.FleetAsync()).Sensors.Select(sensor => sensor.SensorId).ShouldBe(["VB-1", "VB-2", "VB-3"], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task A_message_is_one_letter_however_many_of_its_readings_are_refused_and_however_often_it_is_delivered()
    {
        await using var server = await TestServer.StartAsync(_folder, _broker, [.. RightPath, ("Storage:MaximumSensors", "1")]);
        var intake = server.Services.GetRequiredService<MessageIntake>();
        var source = server.Services.GetRequiredService<BrokerConnections>().All[0].Sources.Find("gw/GW-1");

        // Of x and y of two gateways, three exceed the maximum number of sensors.
        foreach (var (topic, packet, redelivered) in new[] { ("gw/GW-1", 5, false), ("gw/GW-2", 6, false), ("gw/GW-2", 6, true), ("gw/GW-2", 7, true) })
        {
            var message = new SourceMessage(topic, """{"rms":{"x":1,"y":2}}"""u8.ToArray()) { PacketId = (ushort)packet, Redelivered = redelivered };
            var committed = new TaskCompletionSource();
            await intake.ReceiveAsync(source, message, new(), _ => committed.SetResult(), TestContext.Current.CancellationToken);
            await committed.Task;
        }

        // The last is another message with the same content.
        (await LettersAsync(server)).Select(letter => (letter.Topic, letter.Reason)).ShouldBe(
            [("gw/GW-2", RejectionReason.TooManySensors), ("gw/GW-2", RejectionReason.TooManySensors), ("gw/GW-1", RejectionReason.TooManySensors)]);
        (await server.FleetAsync()).Status.Rejected.ShouldBe(3);
    }

    [Fact]
    public async Task Three_thousand_letters_are_replayed_while_live_events_keep_flowing()
    {
        const int Letters = 3000;
        await using (var server = await TestServer.StartAsync(_folder, _broker, WrongPath))
        {
            var intake = server.Services.GetRequiredService<MessageIntake>();
            var source = server.Services.GetRequiredService<BrokerConnections>().All[0].Sources.Find("gw/GW-1")!;
            for (var i = 1; i <= Letters; i++)
            {
                var message = new SourceMessage($"gw/GW-{i % 10}", Encoding.UTF8.GetBytes($$"""{"rms":{"x":{{i}},"y":{{i}} } }""")) { PacketId = (ushort)i };
                await intake.ReceiveAsync(source, message, new(), _ => { }, TestContext.Current.CancellationToken);
            }

            await server.WorkedOnAsync(Letters);
            (await server.GetAsync<DeadLetterGroup[]>("api/v1/dead-letters/groups"))!.Sum(group => group.Count).ShouldBe(Letters);
        }

        await using (var server = await TestServer.StartAsync(_folder, _broker, RightPath))
        {
            await using var sensor = await TestSensor.ConnectAsync(_broker);
            var one = await ReplayAllAsync(server, new(Topic: "gw/GW-3"));
            (one.Total, one.Accepted).ShouldBe((Letters / 10, Letters / 10));
            using var started = await StartAsync(server, new(Reason: RejectionReason.MissingField));
            started.StatusCode.ShouldBe(HttpStatusCode.Accepted);

            var (meanwhile, slowest) = (-1, TimeSpan.Zero);
            do
            {
                var watch = System.Diagnostics.Stopwatch.StartNew();
                await sensor.PublishAsync(TestSensor.Event(4, TimeProvider.System.GetUtcNow()));
                slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
                meanwhile++;
            }
            while (await server.GetAsync<ReplayRun>("api/v1/dead-letters/replay") is { EndedAt: null });

            TestContext.Current.TestOutputHelper?.WriteLine($"{meanwhile} live events meanwhile, the slowest acknowledged after {slowest.TotalMilliseconds:0} ms");
            meanwhile.ShouldBeGreaterThan(0);
            slowest.ShouldBeLessThan(TimeLimit.Soon);
            var ended = (await server.GetAsync<ReplayRun>("api/v1/dead-letters/replay"))!;
            (ended.Total, ended.Accepted, ended.Refused, ended.StoredReadings, ended.Fault).ShouldBe((2700, 2700, 0, 5400, null));
            (await server.FleetAsync()).Status.DeadLetters.ShouldBe(0);
        }

        var levels = StoredRecord.Load(_folder).Readings.Where(reading => reading.SensorId.EndsWith("-x", StringComparison.Ordinal)).Select(reading => (int)reading.Level);
        levels.Order().ShouldBe(Enumerable.Range(1, Letters));
    }

    [Fact]
    public async Task Letters_are_grouped_shown_byte_for_byte_and_deleted_on_demand()
    {
        await using var server = await TestServer.StartAsync(_folder, _broker);
        await using var sensor = await TestSensor.ConnectAsync(_broker);
        byte[] binary = [0x7B, 0xFF, 0x00, 0x3C];
        await sensor.PublishAsync(binary, "VB-1");
        await sensor.PublishAsync("<b>", "VB-2");
        await sensor.PublishAsync("{", "VB-2");
        await sensor.PublishAsync("[", "VB-2");
        await sensor.PublishAsync(new byte[70_000], "VB-3");

        var groups = (await server.GetAsync<DeadLetterGroup[]>("api/v1/dead-letters/groups"))!;
        groups.Select(group => (group.Reason, group.Topic, group.Count, group.Replayable, group.LastId)).ShouldBe(
        [
            (RejectionReason.PayloadTooLarge, "sensors/VB-3/vibration", 1, 0, 5), (RejectionReason.MalformedJson, "sensors/VB-2/vibration", 3, 3, 4),
            (RejectionReason.InvalidEncoding, "sensors/VB-1/vibration", 1, 0, 1),
        ]);
        (await server.GetAsync<DeadLetter[]>("api/v1/dead-letters?reason=malformedJson&before=4&limit=1"))!.ShouldHaveSingleItem().Id.ShouldBe(3);
        (await server.GetAsync<DeadLetter[]>($"api/v1/dead-letters?since={Uri.EscapeDataString(groups[0].LastAt.ToString("O", CultureInfo.InvariantCulture))}"))!
            .ShouldHaveSingleItem().Id.ShouldBe(5);

        var shown = (await server.GetAsync<DeadLetterDetail>("api/v1/dead-letters/1"))!;
        (shown.Text, shown.Source, shown.Letter.PayloadBytes).ShouldBe((null, "sensors/+/vibration", 4));
        shown.Bytes.ShouldBe(binary);
        (await server.GetAsync<DeadLetterDetail>("api/v1/dead-letters/2"))!.Text.ShouldBe("<b>");
        using (var payload = await server.Http.GetAsync("api/v1/dead-letters/1/payload", TestContext.Current.CancellationToken))
        {
            payload.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            (await payload.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(binary);
        }

        shown.Letter.CanReplay.ShouldBeFalse();
        foreach (var (id, reason) in new[] { (1, "InvalidEncoding"), (5, "PayloadTooLarge") })
        {
            using var impossible = await server.Http.PostAsync($"api/v1/dead-letters/{id}/replay", null, TestContext.Current.CancellationToken);
            impossible.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await impossible.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken))!.ToRefusal().ShouldBe(new(RefusalCode.DeadLetterFinal, [reason]));
        }

        (await DeleteAsync("?reason=MalformedJson")).ShouldBe(HttpStatusCode.BadRequest);
        (await DeleteAsync("?reason=MalformedJson&topic=sensors/VB-2/vibration&before=4")).ShouldBe(HttpStatusCode.OK);
        (await DeleteAsync("/1")).ShouldBe(HttpStatusCode.NoContent);
        (await DeleteAsync("/1")).ShouldBe(HttpStatusCode.NotFound);
        (await LettersAsync(server)).Select(letter => letter.Id).ShouldBe([5, 4]);
        (await server.FleetAsync()).Status.DeadLetters.ShouldBe(2);

        async Task<HttpStatusCode> DeleteAsync(string path)
        {
            using var response = await server.Http.DeleteAsync($"api/v1/dead-letters{path}", TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Ten_thousand_battery_messages_do_not_push_out_the_one_broken_event_and_are_all_counted()
    {
        const int Battery = 10_100;
        await using var server = await TestServer.StartAsync(_folder, _broker);
        await using var sensor = await TestSensor.ConnectAsync(_broker);
        await sensor.PublishAsync("""{"eventType":"VibrationRecorded","sensorId":"VB-1"}""", "VB-1");
        var intake = server.Services.GetRequiredService<MessageIntake>();
        var source = server.Services.GetRequiredService<BrokerConnections>().All[0].Sources.Find("sensors/VB-1/vibration")!;
        for (var i = 1; i <= Battery; i++)
        {
            var message = new SourceMessage("sensors/VB-1/vibration", Encoding.UTF8.GetBytes($$"""{"eventType":"BatteryReported","percent":{{i}} }""")) { PacketId = (ushort)i };
            await intake.ReceiveAsync(source, message, new(), _ => { }, TestContext.Current.CancellationToken);
        }

        await server.WorkedOnAsync(Battery + 1);
        await sensor.PublishAsync("""{"eventType":"BatteryReported","percent":0}""", "VB-1");
        var groups = (await server.GetAsync<DeadLetterGroup[]>("api/v1/dead-letters/groups"))!;

        groups.Select(group => (group.Reason, group.Topic, group.Count, group.Dropped, group.Total, group.Replayable)).ShouldBe(
        [
            (RejectionReason.UnknownEventType, "sensors/VB-1/vibration", 1000, Battery + 1 - 1000, Battery + 1, 0),
            (RejectionReason.MissingField, "sensors/VB-1/vibration", 1, 0, 1, 1),
        ]);
        (await LettersAsync(server))[0].CanReplay.ShouldBeFalse();
        var broken = (await server.GetAsync<DeadLetter[]>("api/v1/dead-letters?reason=MissingField"))!.ShouldHaveSingleItem();
        broken.CanReplay.ShouldBeTrue();
        (await server.FleetAsync()).Status.Rejected.ShouldBe(Battery + 2);

        // Of all, the one that a replay may help.
        (await ReplayAllAsync(server, new())).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_posted_event_of_another_form_can_never_be_accepted()
    {
        await using var server = await TestServer.StartAsync(_folder, _broker, ("Storage:MaximumSensors", "1"));
        var at = TimeProvider.System.GetUtcNow();
        await PostAsync(server, $$"""[{{TestSensor.Event(4, at, "VB-1")}},{{TestSensor.Event(4, at, "VB-2")}},{"eventType":"VibrationRecorded"}]""", "application/json");

        (await LettersAsync(server)).Select(letter => (letter.Reason, letter.CanReplay)).ShouldBe(
            [(RejectionReason.MissingField, false), (RejectionReason.TooManySensors, true)]);
        (await server.GetAsync<DeadLetterGroup[]>("api/v1/dead-letters/groups"))!.Select(group => group.Replayable).ShouldBe([0, 1]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (string Key, string Value)[] Axes(string path, string? y = null) =>
    [
        ("Sources:0:TopicFilter", "gw/{sensor}"), ("Sources:0:Profile", "Json"), ("Sources:0:Unit", "g"), ("Sources:0:Baseline", "4"),
        ("Sources:0:Readings:0:Suffix", "-x"), ("Sources:0:Readings:0:Level", path + ".x"),
        ("Sources:0:Readings:1:Suffix", "-y"), ("Sources:0:Readings:1:Level", y ?? path + ".y"),
        ("Sources:1:TopicFilter", "sensors/+/vibration"),
    ];

    private static async Task ReceiveAsync(TestServer server, string payload)
    {
        var committed = new TaskCompletionSource();
        var message = new SourceMessage("gw/GW-1", Encoding.UTF8.GetBytes(payload)) { PacketId = 1 };
        await server.Services.GetRequiredService<MessageIntake>().ReceiveAsync(
            server.Services.GetRequiredService<BrokerConnections>().All[0].Sources.Find(message.Topic), message, new(), _ => committed.SetResult(), TestContext.Current.CancellationToken);
        await committed.Task;
    }

    private static async Task<DeadLetter[]> LettersAsync(TestServer server) => (await server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!;

    private static async Task<ReplayResult> ReplayAsync(TestServer server, long id)
    {
        using var response = await server.Http.PostAsync($"api/v1/dead-letters/{id}/replay", null, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync(DashboardJson.Default.ReplayResult, TestContext.Current.CancellationToken))!;
    }

    private static Task<HttpResponseMessage> StartAsync(TestServer server, DeadLetterSelection selection) => server.Http.PostAsync(
        "api/v1/dead-letters/replay", JsonContent.Create(selection, DashboardJson.Default.DeadLetterSelection), TestContext.Current.CancellationToken);

    private static async Task<ReplayRun> ReplayAllAsync(TestServer server, DeadLetterSelection selection)
    {
        using var response = await StartAsync(server, selection);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return await Eventually.GetAsync(
            async () => await server.GetAsync<ReplayRun>("api/v1/dead-letters/replay") is { EndedAt: not null } run ? run : null, "the replay ends");
    }

    private static async Task PostAsync(TestServer server, string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var response = await server.Http.PostAsync("api/v1/events", content, TestContext.Current.CancellationToken);
    }
}
