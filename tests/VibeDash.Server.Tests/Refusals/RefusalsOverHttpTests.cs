using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Refusals;

/// <summary>Every refusal is a problem with a code, and everything that is written has a person.</summary>
public sealed class RefusalsOverHttpTests : ServerTest
{
    private const string Rule =
        """{"rule":{"name":"x","scope":{"kind":"All"},"condition":{"kind":"NoData"},"tiers":[{"severity":"Warning","threshold":1800,"recovery":1800,"onDelay":{"readings":1}}]}}""";

    [Theory]
    [InlineData("PUT", "sensors/NOPE/settings", """{"labels":["wet"]}""", 404, RefusalCode.SensorUnknown, "NOPE")]
    [InlineData("PUT", "sensors/NOPE/settings", """{"labels":["wet",""]}""", 400, RefusalCode.InvalidInput, null)]
    [InlineData("PUT", "sensors/NOPE/settings", """{"labels":["wet\u2028dry"]}""", 400, RefusalCode.InvalidInput, null)]
    [InlineData("POST", "out-of-service", """{"sensorId":"VB-1","reason":"belt\u0007off"}""", 400, RefusalCode.InvalidInput, null)]
    [InlineData("POST", "alerts/1/acknowledge", """{"note":"a\u0000b"}""", 400, RefusalCode.InvalidInput, null)]
    [InlineData("PUT", "rules/999", Rule, 404, RefusalCode.RuleUnknown, "999")]
    [InlineData("DELETE", "rules/999", null, 404, RefusalCode.RuleUnknown, "999")]
    [InlineData("DELETE", "notes/999", null, 404, RefusalCode.NoteUnknown, "999")]
    [InlineData("POST", "alerts/actions", """{"trigger":"Acknowledged","alertIds":[999]}""", 404, RefusalCode.AlertUnknown, "999")]
    [InlineData("POST", "alerts/999/acknowledge", "{}", 404, RefusalCode.AlertUnknown, "999")]
    [InlineData("POST", "out-of-service/999/return", null, 409, RefusalCode.NotOutOfService, null)]
    [InlineData("POST", "dead-letters/999/replay", null, 404, RefusalCode.DeadLetterUnknown, "999")]
    [InlineData("DELETE", "dead-letters/999", null, 404, RefusalCode.DeadLetterUnknown, "999")]
    [InlineData("DELETE", "dead-letters", null, 400, RefusalCode.InvalidInput, null)]
    [InlineData("DELETE", "backups/run", null, 404, RefusalCode.NoBackupUnderWay, null)]
    [InlineData("GET", "sensors/NOPE", null, 404, RefusalCode.SensorUnknown, "NOPE")]
    [InlineData("GET", "sensors/NOPE/history?from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z", null, 404, RefusalCode.SensorUnknown, "NOPE")]
    [InlineData("GET", "history?from=2026-03-01T12:00:00Z&to=2026-03-01T12:00:00Z&points=1&sensor=NOPE", null, 400, RefusalCode.InvalidInput, null)]
    [InlineData("GET", "sensors/NOPE/readings.csv", null, 404, RefusalCode.SensorUnknown, "NOPE")]
    [InlineData("GET", "backups/none.db", null, 404, RefusalCode.BackupUnknown, "none.db")]
    public async Task A_refusal_is_a_problem_with_code_and_arguments(string method, string path, string? body, int status, RefusalCode code, string? argument)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Server.SendAsync(new(method), $"api/v1/{path}", content, "Ada");

        ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType).ShouldBe((status, "application/problem+json"));
        var refusal = (await ProblemAsync(response)).ToRefusal()!;
        refusal.Code.ShouldBe(code);
        refusal.Arguments.ShouldBe(argument is null ? [] : [argument]);
        refusal.Faults.Length.ShouldBe(code == RefusalCode.InvalidInput ? body is null ? 2 : 1 : 0);
    }

    [Fact]
    public async Task An_invalid_label_names_its_place_in_words_and_as_a_code()
    {
        using var content = new StringContent("""{"labels":["wet",""]}""", Encoding.UTF8, "application/json");
        using var response = await Server.SendAsync(HttpMethod.Put, "api/v1/sensors/VB-1/settings", content, "Ada");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        problem.RootElement.GetProperty("errors").GetProperty("labels[1]")[0].GetString().ShouldBe("A label has 1 to 50 characters.");
        var fault = problem.RootElement.GetProperty("faults")[0];
        (fault.GetProperty("field").GetString(), fault.GetProperty("code").GetString()).ShouldBe(("labels[1]", nameof(FaultCode.LabelInvalid)));
    }

    [Fact]
    public async Task The_record_tells_who_did_what_newest_first_and_what_was_refused()
    {
        await PostRejectedAsync();
        var letters = (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!;
        using (await Server.SendAsync(HttpMethod.Post, $"api/v1/dead-letters/{letters[1].Id}/replay", null, "J\u00f6rg"))
        using (await Server.SendAsync(HttpMethod.Delete, $"api/v1/dead-letters/{letters[0].Id}", null, "Bob"))
        using (await Server.SendAsync(HttpMethod.Delete, $"api/v1/dead-letters?reason={letters[1].Reason}&topic=http", null, "Cleo"))
        using (await Server.SendAsync(HttpMethod.Delete, "api/v1/rules/1", null, "Ada"))
        using (await Server.SendAsync(HttpMethod.Delete, "api/v1/rules/1", null, "Eve"))
        {
        }

        await RestartServerAsync();
        var record = (await Server.GetAsync<CommandEntry[]>("api/v1/commands"))!;

        record.Select(entry => (entry.By, entry.Name, entry.Subject, entry.Refusal)).ShouldBe(
        [
            ("Eve", "DeleteRule", "1", RefusalCode.RuleUnknown), ("Ada", "DeleteRule", "1", null), ("Cleo", "DeleteDeadLetters", $"{letters[1].Reason} http", null),
            ("Bob", "DeleteDeadLetters", $"{letters[0].Id}", null), ("J\u00f6rg", "Replay", $"{letters[1].Id}", null),
        ]);
        (await Server.GetAsync<CommandEntry[]>($"api/v1/commands?before={record[1].Position}&limit=2"))!.ShouldBe(record[2..4]);
    }

    [Fact]
    public async Task A_replay_of_many_is_recorded_with_its_person()
    {
        await PostRejectedAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var started = await Server.SendAsync(HttpMethod.Post, "api/v1/dead-letters/replay", content, "Bob");
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await Eventually.TrueAsync(async () => await Server.GetAsync<ReplayRun>("api/v1/dead-letters/replay") is { EndedAt: not null }, "the replay ends");

        (await Server.GetAsync<CommandEntry[]>("api/v1/commands"))!.Select(entry => (entry.By, entry.Name)).ShouldBe([("Bob", "Replay"), ("Bob", "Replay")]);
    }

    [Theory]
    [InlineData(true, 503, RefusalCode.NotStoredInTime)]
    [InlineData(false, 500, RefusalCode.ProcessingFailed)]
    public async Task An_exception_of_a_command_is_a_problem(bool stopping, int status, RefusalCode code)
    {
        var context = new DefaultHttpContext { RequestServices = Server.Services };
        using var body = new MemoryStream();
        context.Response.Body = body;

        (await new RefusalHandler(Server.Services.GetRequiredService<RequestFaults>()).TryHandleAsync(
            context, stopping ? new ChannelClosedException() : new CommandFaultException(new InvalidOperationException("secret")), TestContext.Current.CancellationToken)).ShouldBeTrue();

        context.Response.StatusCode.ShouldBe(status);
        var text = Encoding.UTF8.GetString(body.ToArray());
        JsonDocument.Parse(text).RootElement.GetProperty("code").GetString().ShouldBe(code.ToString());
        text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task What_is_not_stored_in_time_is_a_problem()
    {
        await Server.PostEventsAsync(TestSensor.SeedEvent);
        using var held = await HeldCommit.StartAsync(Server);
        await held.UnderWayAsync();

        using var response = await Server.SendAsync(HttpMethod.Delete, "api/v1/rules/1", null, "Ada");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ProblemAsync(response)).ToRefusal().ShouldBe(Refusal.Of(RefusalCode.NotStoredInTime));
    }

    [Fact]
    public async Task The_document_declares_the_key_and_the_problems()
    {
        using var document = JsonDocument.Parse(await Server.Http.GetStringAsync("openapi/v1.json", TestContext.Current.CancellationToken));
        var paths = document.RootElement.GetProperty("paths");

        var put = paths.GetProperty("/api/v1/rules/{ruleId}").GetProperty("put");
        put.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).ShouldBe(["ruleId"]);
        put.GetProperty("responses").EnumerateObject().Select(response => response.Name).ShouldBe(["200", "400", "401", "403", "404", "409", "503"], ignoreOrder: true);
        put.GetProperty("responses").GetProperty("404").GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue();
        put.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!.ShouldEndWith("AlertRule");
        document.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty("Key").GetProperty("scheme").GetString().ShouldBe("bearer");
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private async Task PostRejectedAsync()
    {
        // Too old to be stored; a replay may be accepted, for all that is known.
        var before = new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.Zero);
        using var content = new StringContent($"[{TestSensor.Event(4, before)},{TestSensor.Event(5, before)}]", Encoding.UTF8, "application/json");
        using var response = await Server.Http.PostAsync("api/v1/events", content, TestContext.Current.CancellationToken);
    }

    private static async Task<Problem> ProblemAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken))!;
}
