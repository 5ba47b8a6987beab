using System.Net;
using System.Text.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Client.Shell;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;

namespace VibeDash.Client.Tests.Live;

public sealed class HttpApiTests : IDisposable
{
    private readonly Stub _server = new();
    private readonly HttpClient _http;
    private readonly ServiceProvider _services;

    public HttpApiTests()
    {
        _http = new HttpClient(_server) { BaseAddress = new Uri("http://site.test/") };
        _services = new ServiceCollection().AddScoped(_ => _http).AddHttpApis().BuildServiceProvider();
    }

    public void Dispose()
    {
        _services.Dispose();
        _http.Dispose();
    }

    private T Api<T>()
        where T : notnull => _services.GetRequiredService<T>();

    [Fact]
    public async Task History_is_asked_for_in_UTC_with_the_sensor_id_escaped()
    {
        _server.Answer(HttpStatusCode.OK, JsonSerializer.Serialize(Some.History(Some.Time, Some.Time.AddHours(1)), DashboardJson.Default.TrendHistory));

        await Api<IHistoryApi>().GetHistoryAsync("Pump 1:Ä", Some.Time.ToOffset(TimeSpan.FromHours(2)), Some.Time.AddHours(1), 300, TestContext.Current.CancellationToken);

        _server.Asked.ShouldBe("GET /api/v1/sensors/Pump%201%3A%C3%84/history?from=2026-03-01T03%3A00%3A00Z&to=2026-03-01T04%3A00%3A00Z&points=300");
    }

    [Fact]
    public async Task The_histories_of_several_sensors_are_one_request()
    {
        _server.Answer(HttpStatusCode.OK, JsonSerializer.Serialize([Some.History(Some.Time, Some.Time.AddHours(1))], DashboardJson.Default.TrendHistoryArray));

        var histories = await Api<IHistoryApi>().GetHistoriesAsync(["VB-1", "P 2"], Some.Time, null, 300, TestContext.Current.CancellationToken);

        histories.ShouldHaveSingleItem().SensorId.ShouldBe("VB-1");
        _server.Asked.ShouldBe("GET /api/v1/history?sensor=VB-1&sensor=P%202&from=2026-03-01T03%3A00%3A00Z&points=300");
    }

    [Fact]
    public async Task A_refused_question_is_a_failed_request_with_the_sentence()
    {
        _server.Answer(HttpStatusCode.BadRequest, """{"code":"InvalidInput","arguments":[],"faults":[{"field":"points","code":"NotInRange","arguments":["2","2000"]}]}""");

        foreach (var ask in new Func<Task>[]
                 {
                     () => Api<IHistoryApi>().GetHistoryAsync("VB-1", Some.Time, null, 1, TestContext.Current.CancellationToken),
                     () => Api<IHistoryApi>().GetHistoriesAsync(["VB-1"], Some.Time, null, 1, TestContext.Current.CancellationToken),
                 })
            (await Should.ThrowAsync<HttpRequestException>(ask)).Message.ShouldBe("Must be 2 to 2000.");
    }

    [Fact]
    public async Task A_refused_note_is_a_result_with_the_reason_of_the_problem_details()
    {
        _server.Answer(HttpStatusCode.Conflict, """{"title":"Conflict","detail":"Somebody was faster.","code":"NoteChanged","arguments":["Bob","2"]}""");

        (await Api<INoteApi>().DeleteNoteAsync(7, new("J\u00f6rg Byron"), TestContext.Current.CancellationToken)).Refusal.ShouldBe(Refusal.Of(RefusalCode.NoteChanged, "Bob", 2));
        _server.Asked.ShouldBe("DELETE /api/v1/notes/7");
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, """{"code":"NotStoredInTime","arguments":[]}""", "It is not stored yet; see whether it takes effect.")]
    [InlineData(HttpStatusCode.InternalServerError, """{"code":"ProcessingFailed","arguments":[]}""", "The command could not be processed because of a fault of the server, which has logged it.")]
    [InlineData(HttpStatusCode.Conflict, """{"title":"Conflict","detail":"A later version knows why.","code":"OfALaterVersion"}""", "A later version knows why.")]
    public async Task A_command_that_may_have_been_done_and_an_unknown_refusal_are_failed_requests(HttpStatusCode status, string problem, string message)
    {
        _server.Answer(status, problem);

        (await Should.ThrowAsync<HttpRequestException>(() => Api<IRuleApi>().DeleteRuleAsync(7, Some.Ada, TestContext.Current.CancellationToken))).Message.ShouldBe(message);
        (await Should.ThrowAsync<HttpRequestException>(() => Api<IBackupApi>().CancelBackupAsync(Some.Ada, TestContext.Current.CancellationToken))).Message.ShouldBe(message);
    }

    [Fact]
    public async Task A_replay_that_is_refused_since_one_is_running_returns_the_running_one()
    {
        var run = new ReplayRun(new(), Some.Time, EndedAt: null, Total: 10, Accepted: 3);
        _server.Answer(path => path.StartsWith("POST", StringComparison.Ordinal) ? (HttpStatusCode.Conflict, """{"code":"ReplayUnderWay","arguments":[]}""") : (HttpStatusCode.OK, JsonSerializer.Serialize(run, DashboardJson.Default.ReplayRun)));

        (await Api<IDeadLetterApi>().ReplayDeadLettersAsync(new(), Some.Ada, TestContext.Current.CancellationToken)).ShouldBe(run);
    }

    [Fact]
    public async Task No_replay_and_no_such_dead_letter_are_no_failures()
    {
        _server.Answer(HttpStatusCode.NoContent, "");
        (await Api<IDeadLetterApi>().GetReplayRunAsync(TestContext.Current.CancellationToken)).ShouldBeNull();

        _server.Answer(HttpStatusCode.NotFound, "");
        (await Api<IDeadLetterApi>().DeleteDeadLetterAsync(5, Some.Ada, TestContext.Current.CancellationToken)).ShouldBeFalse();

        _server.Answer(HttpStatusCode.NotFound, """{"code":"DeadLetterUnknown","arguments":["5"]}""");
        (await Api<IDeadLetterApi>().ReplayDeadLetterAsync(5, Some.Ada, TestContext.Current.CancellationToken)).Refusal.ShouldBe(Refusal.Of(RefusalCode.DeadLetterUnknown, 5));
    }

    [Fact]
    public async Task All_fields_of_an_alert_query_reach_the_address()
    {
        _server.Answer(HttpStatusCode.OK, """{"items":[],"more":false}""");

        await Api<IAlertApi>().GetAlertsAsync(
            new AlertQuery { Severity = Severity.Warning, State = AlertState.Shelved, SensorId = "A 1", From = Some.Time, To = Some.Time.AddDays(1), Before = 77, Limit = 50 },
            TestContext.Current.CancellationToken);

        _server.Asked.ShouldBe(
            "GET /api/v1/alerts?severity=Warning&state=Shelved&sensorId=A%201&from=2026-03-01T03%3A00%3A00Z&to=2026-03-02T03%3A00%3A00Z&before=77&limit=50");
    }

    [Fact]
    public async Task What_selects_alerts_reaches_the_address_of_the_list_and_the_body_of_an_acknowledgement_of_all()
    {
        _server.Answer(HttpStatusCode.OK, """{"items":[],"more":false}""");
        await Api<IAlertApi>().GetAlertsAsync(
            new AlertQuery { Kind = ConditionKind.NoData, RuleId = 3, Place = "Hall 1", Machine = "Hall 1, Pump", RaisedFrom = Some.Time }, TestContext.Current.CancellationToken);
        _server.Asked.ShouldBe("GET /api/v1/alerts?kind=NoData&ruleId=3&place=Hall%201&machine=Hall%201%2C%20Pump&raisedFrom=2026-03-01T03%3A00%3A00Z&limit=100");

        _server.Answer(HttpStatusCode.OK, """{"acknowledged":2,"refused":1,"refusals":[]}""");
        var answer = await Api<IAlertApi>().AcknowledgeAllAsync(
            new(new Client.Alerts.AlertFilter { Kind = ConditionKind.NoData, Place = "Hall 1", ShowsAll = true }, 70) { Note = "Outage" }, Some.Ada, TestContext.Current.CancellationToken);

        (answer.Value!.Acknowledged, answer.Value.Refused).ShouldBe((2, 1));
        _server.Asked.ShouldBe("POST /api/v1/alerts/acknowledge");
        _server.Body.ShouldBe("""{"filter":{"kind":"NoData","place":"Hall 1"},"upTo":70,"note":"Outage"}""");
    }

    [Fact]
    public async Task Connections_and_sources_are_asked_for()
    {
        _server.Answer(HttpStatusCode.OK, """[{"name":"north","address":"a:1","embedded":false,"state":"Disconnected","detail":"Gone.","since":"2026-03-01T03:00:00Z","messages":1,"reconnects":0,"warnings":[]}]""");
        (await Api<IConnectionApi>().GetConnectionsAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Detail.ShouldBe("Gone.");
        _server.Asked.ShouldBe("GET /api/v1/connections");

        _server.Answer(HttpStatusCode.OK, """[{"topicFilter":"a/+","profile":"Number","accepted":1,"rejected":0,"broker":"north","settings":"level in g"}]""");
        (await Api<IConnectionApi>().GetSourcesAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Broker.ShouldBe("north");
        _server.Asked.ShouldBe("GET /api/v1/sources");
    }

    [Fact]
    public async Task A_sensor_that_is_not_known_is_null()
    {
        _server.Answer(HttpStatusCode.NotFound, "");

        (await Api<ISensorApi>().GetSensorAsync("VB-0", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task An_action_is_posted_and_its_results_returned()
    {
        _server.Answer(HttpStatusCode.OK, JsonSerializer.Serialize([new AlertResult(Some.Alert(3))], DashboardJson.Default.AlertResultArray));

        var answer = await Api<IAlertApi>().ActAsync(new AlertAction(AlertTrigger.Acknowledged) { AlertIds = [3], Note = "greased", Until = Some.Time }, Some.Ada, TestContext.Current.CancellationToken);

        answer.Value!.ShouldHaveSingleItem().ShouldBe(new AlertResult(Some.Alert(3)));
        _server.Asked.ShouldBe("POST /api/v1/alerts/actions");
        _server.Body.ShouldBe("""{"trigger":"Acknowledged","alertIds":[3],"note":"greased","until":"2026-03-01T03:00:00+00:00"}""");
    }

    [Fact]
    public async Task An_action_none_of_which_was_done_has_its_results_too()
    {
        AlertResult[] results = [new(Some.Alert(3), Refusal.Of(RefusalCode.AlertAcknowledged, "Bob", Some.Time)), new(null, Refusal.Of(RefusalCode.AlertUnknown, 4))];
        var problem = new Problem("Conflict", "Bob was faster.", nameof(RefusalCode.AlertAcknowledged), ["Bob", "2026-03-01T03:00:00Z"], null) { Results = results };
        _server.Answer(HttpStatusCode.Conflict, JsonSerializer.Serialize(problem, DashboardJson.Default.Problem));

        var answer = await Api<IAlertApi>().ActAsync(new AlertAction(AlertTrigger.Acknowledged) { AlertIds = [3, 4] }, Some.Ada, TestContext.Current.CancellationToken);

        answer.Value.ShouldBe(results);
    }

    [Fact]
    public async Task An_invalid_action_is_a_refusal_with_its_faults()
    {
        _server.Answer(HttpStatusCode.BadRequest, """{"code":"InvalidInput","arguments":[],"errors":{"note":["x"]},"faults":[{"field":"note","code":"TooLong","arguments":["1000"]}]}""");

        var answer = await Api<IAlertApi>().ActAsync(new AlertAction(AlertTrigger.Acknowledged) { AlertIds = [3] }, Some.Ada, TestContext.Current.CancellationToken);

        answer.Refusal.ShouldBe(Refusal.Invalid(FieldFault.Of("note", FaultCode.TooLong, 1000)));
    }

    [Fact]
    public async Task Taking_out_of_service_and_returning_are_posted_and_a_refusal_is_a_result()
    {
        _server.Answer(HttpStatusCode.Conflict, """{"code":"AlreadyOutOfService","arguments":[]}""");

        var taken = await Api<IAlertApi>().TakeOutOfServiceAsync(new OutOfServiceRequest("VB-1", null, "Belt off", null), Some.Ada, TestContext.Current.CancellationToken);
        taken.Refusal.ShouldBe(Refusal.Of(RefusalCode.AlreadyOutOfService));
        _server.Asked.ShouldBe("POST /api/v1/out-of-service");
        _server.Body.ShouldBe("""{"sensorId":"VB-1","reason":"Belt off"}""");

        (await Api<IAlertApi>().ReturnToServiceAsync(4, new("Ada Byron"), TestContext.Current.CancellationToken)).Refusal.ShouldNotBeNull();
        _server.Asked.ShouldBe("POST /api/v1/out-of-service/4/return");
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "")]
    [InlineData(HttpStatusCode.OK, "<html>Log in to the plant network</html>")]
    [InlineData(HttpStatusCode.OK, "null")]
    public async Task Whatever_is_not_an_answer_of_the_server_is_a_failed_request(HttpStatusCode status, string body)
    {
        _server.Answer(status, body);

        await Should.ThrowAsync<HttpRequestException>(() => Api<ISensorApi>().GetFleetAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_a_failed_request()
    {
        _server.NeverAnswer();
        _http.Timeout = TimeSpan.FromMilliseconds(20);

        await Should.ThrowAsync<HttpRequestException>(() => Api<ISensorApi>().GetFleetAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Stub : HttpMessageHandler
    {
        private Func<CancellationToken, Task<HttpResponseMessage>> _answer = _ => throw new InvalidOperationException("No answer prepared.");

        public string? Asked { get; private set; }

        public string? Body { get; private set; }


        public void Answer(HttpStatusCode status, string body) => Answer(_ => (status, body));

        public void Answer(Func<string, (HttpStatusCode Status, string Body)> answer) => _answer = _ =>
        {
            var (status, body) = answer(Asked!);
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, (int)status < 400 ? "application/json" : "application/problem+json") });
        };

        public void NeverAnswer() => _answer = async cancellation =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            throw new InvalidOperationException();
        };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = $"{request.Method} {request.RequestUri!.PathAndQuery}";
            Body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            return await _answer(cancellationToken);
        }
    }
}
