using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Server.Export;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Export;

/// <summary>Downloads of readings and of the alert journal.</summary>
public sealed class ExportTests : ServerTest
{
    private const string Range = "from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Readings_of_a_range_come_in_order_each_as_it_was_sent()
    {
        await Server.PostEventsAsync(
            TestSensor.Event(4.25, Noon.AddSeconds(-1), eventId: "before"),
            TestSensor.Event(4.25, Noon, eventId: "=cmd"),
            TestSensor.Event(0.1, Noon.AddMinutes(30).AddMicroseconds(7), eventId: "b,1"),
            TestSensor.Event(5, Noon.AddMinutes(10), eventId: "late"),
            TestSensor.Event(41, Noon.AddHours(1), eventId: "last"),
            TestSensor.Event(4, Noon.AddHours(1).AddSeconds(1), eventId: "after"),
            TestSensor.Event(4, Noon, "VB-2"));

        using var csv = await GetAsync($"sensors/VB-1/readings.csv?{Range}");
        (csv.Content.Headers.ContentType!.MediaType, csv.Content.Headers.ContentDisposition!.FileNameStar).ShouldBe(("text/csv", "VB-1 2026-03-01 to 2026-03-01.csv"));
        csv.Headers.GetValues(ExportEndpoints.ExpectedRows).ShouldBe(["4"]);
        (await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(
            """
            timestamp,sensor,level,unit,baseline,eventId,suspect,quality
            2026-03-01T12:00:00.000000Z,VB-1,4.25,m/s²,4,"'=cmd",false,good
            2026-03-01T12:10:00.000000Z,VB-1,5,m/s²,4,late,false,good
            2026-03-01T12:30:00.000007Z,VB-1,0.1,m/s²,4,"b,1",false,good
            2026-03-01T13:00:00.000000Z,VB-1,41,m/s²,4,last,false,good

            """.ReplaceLineEndings("\r\n"));

        using var all = await GetAsync("sensors/VB-1/readings.csv");
        all.Headers.GetValues(ExportEndpoints.ExpectedRows).ShouldBe(["6"]);
        (await all.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n").Length.ShouldBe(1 + 6 + 1);

        using var until = await GetAsync("sensors/VB-1/readings.csv?to=2026-03-02T00:00:00Z");
        until.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("VB-1 to 2026-03-02.csv");

        using var ndjson = await GetAsync($"sensors/VB-1/readings.ndjson?{Range}");
        ndjson.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        (await ndjson.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n')[0].ShouldBe(
            """{"timestamp":"2026-03-01T12:00:00.000000Z","sensor":"VB-1","level":4.25,"unit":"m/s²","baseline":4,"eventId":"=cmd","suspect":false,"quality":"good"}""");
    }

    [Fact]
    public async Task Every_reading_comes_once_though_there_are_many_and_some_at_the_same_time()
    {
        // More than one batch of the reader, with ten readings per timestamp.
        var sent = Enumerable.Range(0, 25_000).Select(i => (Id: i.ToString(CultureInfo.InvariantCulture), At: Noon.AddMilliseconds(i / 10))).ToArray();
        foreach (var part in sent.Chunk(5000))
            await Server.PostEventsAsync(part.Select(reading => TestSensor.Event(4, reading.At, eventId: reading.Id)));

        using var response = await GetAsync($"sensors/VB-1/readings.ndjson?{Range}");

        response.Headers.GetValues(ExportEndpoints.ExpectedRows).ShouldBe(["25000"]);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var got = lines.Select(line => JsonDocument.Parse(line).RootElement).Select(row => (Id: row.GetProperty("eventId").GetString()!, At: row.GetProperty("timestamp").GetDateTimeOffset())).ToArray();
        got.ShouldBe([.. sent.OrderBy(reading => reading.At).ThenBy(reading => reading.Id, StringComparer.Ordinal)]);
    }

    [Fact]
    public async Task The_journal_tells_what_happened_to_which_alert_and_who_did_it()
    {
        await Server.PostEventsAsync(TestSensor.Event(41, Noon), TestSensor.Event(41, Noon.AddMinutes(5), "VB-2"));
        await Server.AcknowledgeAsync(1, "Ada", "=HYPERLINK(\"x\"), ordered\nby phone");
        await Server.PostEventsAsync(TestSensor.Event(4, Noon.AddMinutes(10)));

        using var csv = await GetAsync("alerts/journal.csv?sensor=VB-1");
        csv.Headers.GetValues(ExportEndpoints.ExpectedRows).ShouldBe(["3"]);
        var text = await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldStartWith(
            "position,at,sensor,alert,kind,trigger,from,to,severity,level,threshold,unit,since,ruleId,ruleVersion,ruleName,calibrationAgeDays,by,note,cause,owner,until,backfilled\r\n"
            + "1,2026-03-01T12:00:00.000000Z,VB-1,1,BaselineMultiple,Raised,Normal,Unacknowledged,Critical,41,12,m/s²,2026-03-01T12:00:00.000000Z,1,1,Level against baseline,,,,,,,false\r\n");
        text.ShouldContain("Acknowledged,Unacknowledged,Acknowledged,,41,,,,,,,,Ada,\"'=HYPERLINK(\"\"x\"\"), ordered\nby phone\",,,,false\r\n");
        text.ShouldNotContain("VB-2");

        using var ndjson = await GetAsync("alerts/journal.ndjson");
        var lines = (await ndjson.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("position").GetInt64()).ShouldBe([1, 2, 3, 4]);
        JsonDocument.Parse(lines[2]).RootElement.GetProperty("note").GetString().ShouldBe("=HYPERLINK(\"x\"), ordered\nby phone");

        using var some = await GetAsync("alerts/journal.ndjson?from=2026-03-01T12:01:00Z&to=2026-03-01T12:05:00Z");
        some.Headers.GetValues(ExportEndpoints.ExpectedRows).ShouldBe(["1"]);
        (await some.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"sensor\":\"VB-2\"");
    }

    [Theory]
    [InlineData("sensors/VB-9/readings.csv?" + Range, HttpStatusCode.NotFound, RefusalCode.SensorUnknown)]
    [InlineData("sensors/VB-1/readings.csv?from=2026-03-01T13:00:00Z&to=2026-03-01T12:00:00Z", HttpStatusCode.BadRequest, RefusalCode.InvalidInput)]
    [InlineData("alerts/journal.csv?from=2026-03-01T13:00:00Z&to=2026-03-01T12:00:00Z", HttpStatusCode.BadRequest, RefusalCode.InvalidInput)]
    public async Task What_cannot_be_exported_is_refused_with_problem_details_and_takes_no_slot(string path, HttpStatusCode status, RefusalCode code)
    {
        await Server.PostEventsAsync(TestSensor.Event(4, Noon));
        for (var i = 0; i <= ExportSlots.Maximum; i++)
        {
            using var response = await GetAsync(path);
            response.StatusCode.ShouldBe(status);
            var refusal = await RefusalAsync(response);
            refusal.ShouldBe(code == RefusalCode.InvalidInput ? Refusal.Invalid(FieldFault.Of("from", FaultCode.EndNotAfterStart)) : Refusal.Of(code, "VB-9"));
        }

        using var good = await GetAsync($"sensors/VB-1/readings.csv?{Range}");
        good.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task More_at_a_time_than_there_are_slots_are_asked_to_come_again()
    {
        await Server.PostEventsAsync(TestSensor.Event(4, Noon));
        var slots = Server.Services.GetRequiredService<ExportSlots>();
        var taken = Enumerable.Range(0, ExportSlots.Maximum).Select(_ => slots.TryTake()).ToArray();

        using (var refused = await GetAsync($"sensors/VB-1/readings.csv?{Range}"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            (await RefusalAsync(refused)).ShouldBe(Refusal.Of(RefusalCode.TooManyExports, ExportSlots.Maximum));
        }

        taken[0]!.Dispose();
        using var taking = await GetAsync($"sensors/VB-1/readings.csv?{Range}");
        taking.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_reader_that_does_not_read()
    {
        foreach (var part in Enumerable.Range(0, 30_000).Chunk(5000))
            await Server.PostEventsAsync(part.Select(i => TestSensor.Event(4, Noon.AddMilliseconds(i), eventId: i.ToString("D128", CultureInfo.InvariantCulture))));
        using var reader = new TcpClient { ReceiveBufferSize = 4096 };
        await reader.ConnectAsync("127.0.0.1", Server.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var stream = reader.GetStream();
        await stream.WriteAsync("GET /api/v1/sensors/VB-1/readings.ndjson HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[16], TestContext.Current.CancellationToken);

        var watch = Stopwatch.StartNew();
        await StopServerAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private static async Task<Refusal?> RefusalAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return (await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken))!.ToRefusal();
    }

    private Task<HttpResponseMessage> GetAsync(string path) => Server.Http.GetAsync($"api/v1/{path}", TestContext.Current.CancellationToken);
}
