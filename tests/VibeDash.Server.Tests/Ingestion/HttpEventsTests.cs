using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>Events posted over HTTP.</summary>
public sealed class HttpEventsTests : ServerTest
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";
    private const string CloudEvents = "application/cloudevents+json";
    private const string CloudEventBatch = "application/cloudevents-batch+json";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string One = TestSensor.Event(4, Noon).ReplaceLineEndings(" ");
    private static readonly string Two = TestSensor.Event(5, Noon.AddSeconds(1)).ReplaceLineEndings(" ");

    public static TheoryData<string, string, int> Bodies => new()
    {
        { Json, One, 1 },
        { "Application/JSON; charset=UTF-8", "\uFEFF" + One, 1 },
        { Json, $"[{One},\n{Two}]", 2 },
        { Json, "[]", 0 },
        { Lines, $"{One}\n{Two}\n", 2 },
        { Lines, $"\r\n{One}\r\n \t\r\n{Two}", 2 },
        { CloudEvents, CloudEvent(One), 1 },
        { CloudEvents + "; charset=utf-8", CloudEvent(One), 1 },
        { CloudEventBatch, $"[{CloudEvent(One)},{CloudEvent(Two)}]", 2 },
    };

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Events_are_stored_in_every_shape(string contentType, string body, int events)
    {
        var (status, result) = await PostAsync(body, contentType);

        status.ShouldBe(HttpStatusCode.Accepted);
        result.ShouldSatisfyAllConditions(
            () => result.Stored.ShouldBe(events),
            () => (result.Duplicates, result.Rejected).ShouldBe((0, 0)),
            () => result.Items.Select(item => item.Outcome).ShouldBe(Enumerable.Repeat(EventOutcome.Stored, events)));
        var fleet = await Server.FleetAsync();
        fleet.Status.Stored.ShouldBe(events);
        if (events > 0)
            fleet.Sensors.ShouldHaveSingleItem().Level.ShouldBe(3 + events);
    }

    [Theory]
    [InlineData(Json)]
    [InlineData(Lines)]
    public async Task One_connection_serves_many_requests(string contentType)
    {
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (connecting, cancelled) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(connecting.DnsEndPoint, cancelled);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler) { BaseAddress = Server.Http.BaseAddress };

        for (var i = 0; i < 3; i++)
        {
            using var content = new StringContent(One, Encoding.UTF8, contentType);
            using var response = await http.PostAsync("api/v1/events", content, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_posted_event_is_evaluated_like_any_other()
    {
        await PostAsync(TestSensor.SeedEvent, Json);

        var fleet = await Server.FleetAsync();
        fleet.Sensors.ShouldHaveSingleItem().Facts.Model.ShouldBe("VibroMonitor Pro X1");
        fleet.OpenAlerts.ShouldHaveSingleItem().Message!.ShouldContain("Immediate inspection required.");
    }

    [Fact]
    public async Task Each_event_of_a_mixed_request_is_answered_in_its_place()
    {
        var nameless = TestSensor.Event(4, Noon, sensorId: "");
        var noEnvelope = """{"specversion":"1.0","id":"1","type":"t","data":{}}""";

        var (status, result) = await PostAsync($"[{One},7,{nameless},{One},{Two}]", Json);
        var (lineStatus, lines) = await PostAsync($"{{\n{One}\n\"text\"\n", Lines);
        var (batchStatus, batch) = await PostAsync($"[{noEnvelope},{CloudEvent(nameless)},{CloudEvent(Two)}]", CloudEventBatch);

        (status, lineStatus, batchStatus).ShouldBe((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Accepted));
        Words(result).ShouldBe(["Stored ", "Rejected MalformedJson", "Rejected InvalidSensorId", "Duplicate ", "Stored "]);
        (result.Stored, result.Duplicates, result.Rejected).ShouldBe((2, 1, 2));
        Words(lines).ShouldBe(["Rejected MalformedJson", "Duplicate ", "Rejected MalformedJson"]);
        Words(batch).ShouldBe(["Rejected MissingField", "Rejected InvalidSensorId", "Duplicate "]);
        result.Items[2].Detail!.ShouldStartWith("data.sensorId must be");

        var letters = (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.Reverse().ToArray();
        letters.ShouldAllBe(letter => letter.Topic == "http");
        letters.Select(letter => letter.Payload).ShouldBe(["7", nameless, "{", "\"text\"", noEnvelope, CloudEvent(nameless)]);
    }

    [Fact]
    public async Task The_answer_names_outcomes_in_small_letters_and_leaves_out_what_is_not_there()
    {
        using var response = await SendAsync($"[{One},{One},{{}}]", Json);

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        answer.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()).ShouldBe(
            ["""{"outcome":"stored"}""", """{"outcome":"duplicate"}""", """{"outcome":"rejected","reason":"MissingField","detail":"eventType is missing or blank."}"""]);
    }

    [Fact]
    public async Task When_all_are_rejected_the_answer_is_422()
    {
        var (status, result) = await PostAsync("[{},{}]", Json);

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Words(result).ShouldBe(["Rejected MissingField", "Rejected MissingField"]);
        (await Server.FleetAsync()).Status.Rejected.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_event_by_mqtt_and_by_http_is_stored_once()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(One);
        Words((await PostAsync($"[{One},{Two}]", Json)).Result).ShouldBe(["Duplicate ", "Stored "]);
        await sensor.PublishAsync(Two);

        var status = await Server.WorkedOnAsync(4);
        (status.Stored, status.Duplicates).ShouldBe((2, 2));
    }

    [Theory]
    [InlineData(Json, "")]
    [InlineData(Json, "7")]
    [InlineData(Json, "[{EVENT}")]
    [InlineData(Json, "[{EVENT},]")]
    [InlineData(Json, "{EVENT}{EVENT}")]
    [InlineData(Json, "{EVENT")]
    [InlineData(CloudEvents, "[{CLOUDEVENT}]")]
    [InlineData(CloudEventBatch, "{CLOUDEVENT}")]
    [InlineData(CloudEventBatch, "[{CLOUDEVENT},{]")]
    public async Task A_body_that_is_malformed_as_a_whole_stores_nothing(string contentType, string body)
    {
        using var response = await SendAsync(
            body.Replace("{EVENT}", One, StringComparison.Ordinal).Replace("{CLOUDEVENT}", CloudEvent(One), StringComparison.Ordinal), contentType);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");

        // A further event goes through the same queue, so events queued before it are counted by then.
        await PostAsync(Two, Json);
        (await Server.FleetAsync()).Status.ShouldSatisfyAllConditions(
            status => status.Stored.ShouldBe(1),
            status => status.Rejected.ShouldBe(0));
    }

    [Fact]
    public async Task A_line_too_long_for_an_event_costs_no_other_event()
    {
        var longLine = $"\"{new string('x', 1_000_000)}\"";

        var (status, result) = await PostAsync($"{One}\n{longLine}\n{Two}\n{longLine}", Lines);

        status.ShouldBe(HttpStatusCode.Accepted);
        Words(result).ShouldBe(["Stored ", "Rejected PayloadTooLarge", "Stored ", "Rejected PayloadTooLarge"]);
        (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldAllBe(letter =>
            letter.PayloadBytes == longLine.Length && letter.Payload == longLine.Substring(0, DeadLetter.MaximumPayloadLength));
    }

    [Fact]
    public async Task The_answer_comes_only_after_the_commit_and_503_while_nothing_can_be_stored()
    {
        await PostAsync(One, Json);

        Task<(HttpStatusCode Status, EventsResult Result)> posting;
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(Folder, "vibedash.db")}"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var locking = other.BeginTransaction(deferred: false);
            posting = PostAsync($"[{Two},{One}]", Json);

            await Eventually.TrueAsync(async () => (await Server.FleetAsync()).Status.StorageFault is not null, "the server says that it cannot store");
            posting.IsCompleted.ShouldBeFalse();
            using var refused = await SendAsync(TestSensor.Event(6, Noon.AddSeconds(2)), Json);
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
            (await CodeAsync(refused)).ShouldBe(RefusalCode.StorageUnavailable);
        }

        // The batch was attempted more than once; failed attempts are not reported.
        var (status, result) = await posting;
        status.ShouldBe(HttpStatusCode.Accepted);
        Words(result).ShouldBe(["Stored ", "Duplicate "]);
        (await Server.FleetAsync()).Status.Stored.ShouldBe(2);
    }

    [Fact]
    public async Task When_the_commit_does_not_come_the_answer_is_429_and_a_repeat_is_a_duplicate()
    {
        using (await HeldCommit.StartAsync(Server))
        {
            using var response = await SendAsync(One, Json);

            response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
            (await CodeAsync(response)).ShouldBe(RefusalCode.ServerBusy);
        }

        Words((await PostAsync(One, Json)).Result).ShouldBe(["Duplicate "]);
    }

    [Fact]
    public async Task When_the_queue_is_full_the_answer_is_429_and_what_was_queued_is_stored()
    {
        var queue = Server.Services.GetRequiredService<EventQueue>();
        using (var held = await HeldCommit.StartAsync(Server))
        {
            // One commit is in progress; its items have left the queue. All but one place of the queue are taken, possibly the last by the clock.
            await held.UnderWayAsync();
            for (var i = 0; queue.Reader.Count < EventQueue.Capacity - 1; i++)
            {
                var payload = Encoding.UTF8.GetBytes(TestSensor.Event(4, Noon.AddSeconds(i), "VB-2"));
                await queue.WriteAsync(PostedEvents.Message(payload, Noon.AddHours(6), () => { }), TestContext.Current.CancellationToken);
            }

            using var response = await SendAsync($"[{One},{Two}]", Json);
            response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            response.Headers.RetryAfter.ShouldNotBeNull();
        }

        Words((await PostAsync($"[{One},{Two}]", Json)).Result).ShouldBe(["Duplicate ", "Stored "]);
    }

    [Fact]
    public async Task While_the_bodies_in_hand_take_all_the_room_the_answer_is_429()
    {
        // Their lengths are unknown, so each counts as one of the maximum length. The test server's own client would wait for the whole body.
        using var http = new HttpClient { BaseAddress = Server.Http.BaseAddress };
        var rest = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = Enumerable.Range(0, 4).Select(_ => SlowAsync()).ToArray();

        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await SendAsync(One, Json);
                return response.StatusCode == HttpStatusCode.TooManyRequests && response.Headers.RetryAfter is not null;
            },
            "there is no room");

        rest.SetResult(Two);
        (await Task.WhenAll(slow)).ShouldAllBe(status => status == HttpStatusCode.Accepted);
        (await PostAsync(One, Json)).Status.ShouldBe(HttpStatusCode.Accepted);

        async Task<HttpStatusCode> SlowAsync()
        {
            using var content = new SlowContent(Lines, "\n", rest.Task);
            using var response = await http.PostAsync("api/v1/events", content, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    private static string CloudEvent(string data) =>
        $$"""{"specversion":"1.0","id":"1","source":"/hall/1","type":"com.example.vibration","datacontenttype":"application/json","data":{{data}}}""";

    private static IEnumerable<string> Words(EventsResult result) => result.Items.Select(item => $"{item.Outcome} {item.Reason}");

    private static async Task<RefusalCode> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken))!.ToRefusal()!.Code;

    private async Task<HttpResponseMessage> SendAsync(string body, string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await Server.Http.PostAsync("api/v1/events", content, TestContext.Current.CancellationToken);
    }

    private async Task<(HttpStatusCode Status, EventsResult Result)> PostAsync(string body, string contentType)
    {
        using var response = await SendAsync(body, contentType);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync(DashboardJson.Default.EventsResult, TestContext.Current.CancellationToken))!);
    }
}
