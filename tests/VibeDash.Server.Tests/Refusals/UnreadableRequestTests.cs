using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Refusals;

/// <summary>Requests that reach no endpoint, or that their endpoint cannot read: each is answered with a problem and its code, never empty or with a page.</summary>
public sealed class UnreadableRequestTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string From = "from=2026-03-01T12:00:00Z";

    [Theory]
    [InlineData("GET", "nowhere", 404, RefusalCode.AddressUnknown)]
    [InlineData("POST", "nowhere/1", 404, RefusalCode.AddressUnknown)]
    [InlineData("PUT", "nowhere", 404, RefusalCode.AddressUnknown)]
    [InlineData("DELETE", "../v9/fleet", 404, RefusalCode.AddressUnknown)]
    [InlineData("PATCH", "..", 404, RefusalCode.AddressUnknown)]
    [InlineData("POST", "alerts/first", 404, RefusalCode.AddressUnknown)]
    [InlineData("POST", "alerts/1", 405, RefusalCode.MethodNotAllowed, "POST")]
    [InlineData("PATCH", "sensors/VB-1/settings", 405, RefusalCode.MethodNotAllowed, "PATCH")]
    [InlineData("GET", "alerts/first", 404, RefusalCode.AddressUnknown)]
    [InlineData("GET", "../v9/fleet", 404, RefusalCode.AddressUnknown)]
    [InlineData("DELETE", "fleet", 405, RefusalCode.MethodNotAllowed, "DELETE")]
    [InlineData("PUT", "events", 405, RefusalCode.MethodNotAllowed, "PUT")]
    [InlineData("GET", "alerts?limit=many", 400, RefusalCode.RequestUnreadable)]
    [InlineData("GET", "alerts?before=99999999999999999999", 400, RefusalCode.RequestUnreadable)]
    [InlineData("GET", "sensors/VB-1/history", 400, RefusalCode.RequestUnreadable)]
    [InlineData("GET", "sensors/VB-1/history?from=yesterday", 400, RefusalCode.RequestUnreadable)]
    [InlineData("GET", $"sensors/VB-1/history?{From}&points=1e3", 400, RefusalCode.RequestUnreadable)]
    [InlineData("GET", "sensors/VB-1/readings.csv?to=9999-12-31T23:59:59-14:00", 400, RefusalCode.RequestUnreadable)]
    [InlineData("GET", "alerts/journal.ndjson?from=0", 400, RefusalCode.RequestUnreadable)]
    [InlineData("POST", "rules", 400, RefusalCode.RequestUnreadable)]
    public async Task What_reaches_no_endpoint_is_a_problem_with_a_code(string method, string path, int status, RefusalCode code, params string[] arguments)
    {
        using var response = await shared.Running.SendAsync(new(method), $"api/v1/{path}", null, "Ada");

        await IsAsync(response, status, new(code, arguments));
    }

    [Theory]
    [InlineData("rules", "text/plain", "{}", 415, RefusalCode.ContentTypeUnsupported, "application/json")]
    [InlineData("rules", "application/json", "{", 400, RefusalCode.RequestUnreadable)]
    [InlineData("rules", "application/json", "", 400, RefusalCode.RequestUnreadable)]
    [InlineData("rules", "application/json", "[1]", 400, RefusalCode.RequestUnreadable)]
    [InlineData("alerts/actions", "application/json", """{"trigger":"Dance"}""", 400, RefusalCode.RequestUnreadable)]
    [InlineData("events", "text/plain", "{}", 415, RefusalCode.ContentTypeUnsupported, "application/json", "application/x-ndjson", "application/cloudevents+json", "application/cloudevents-batch+json")]
    [InlineData("events", "application/json; charset=x-none", "{}", 415, RefusalCode.ContentTypeUnsupported, "application/json", "application/x-ndjson", "application/cloudevents+json", "application/cloudevents-batch+json")]
    [InlineData("events", "application/json", "{}\n{", 400, RefusalCode.BodyMalformed, "2", "0")]
    [InlineData("events", "application/json", "7", 400, RefusalCode.BodyOfOtherForm, "application/json")]
    [InlineData("events", "application/cloudevents-batch+json", "{}", 400, RefusalCode.BodyOfOtherForm, "application/cloudevents-batch+json")]
    public async Task A_body_that_cannot_be_read_is_a_problem_with_a_code(string path, string contentType, string body, int status, RefusalCode code, params string[] arguments)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var response = await shared.Running.SendAsync(HttpMethod.Post, $"api/v1/{path}", content, "Ada");

        await IsAsync(response, status, new(code, arguments));
    }

    [Theory]
    [InlineData("x-none", false)]
    [InlineData("\"\"", false)]
    [InlineData("utf-8", true)]
    [InlineData("\"utf-8\"", false)]
    public async Task An_unknown_charset_is_refused(string charset, bool isKnown)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
        using var response = await shared.Running.SendAsync(HttpMethod.Post, "api/v1/rules", content, "Ada");

        await IsAsync(response, 400, Refusal.Invalid(isKnown ? FieldFault.Of("rule", FaultCode.RuleMissing) : FieldFault.Of("Content-Type", FaultCode.CharsetUnknown)));
    }

    [Fact]
    public async Task A_browser_that_asks_for_a_page_that_is_not_there_gets_a_page()
    {
        using var response = await shared.Running.Http.GetAsync("nowhere", TestContext.Current.CancellationToken);

        ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType).ShouldBe((404, "text/html"));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000001Z")]
    public async Task No_time_makes_an_answer_fail(string from, string to)
    {
        foreach (var path in new[]
                 {
                     "sensors/VB-1/history?points=2", "history?sensor=VB-1", "sensors/VB-1/notes?", "sensors/VB-1/readings.csv?", "alerts?", "alerts/journal.csv?", $"dead-letters?since={from}",
                     $"dead-letters/groups?since={to}",
                 })
        {
            using var response = await shared.Running.Http.GetAsync($"api/v1/{path}&from={from}&to={to}", TestContext.Current.CancellationToken);

            ((int)response.StatusCode).ShouldBeOneOf([200, 400, 404], path);
        }
    }

    private static async Task IsAsync(HttpResponseMessage response, int status, Refusal refusal)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType).ShouldBe((status, "application/problem+json"), text);
        var problem = JsonSerializer.Deserialize(text, DashboardJson.Default.Problem)!;
        problem.ToRefusal().ShouldBe(refusal);
        problem.Detail.ShouldBe(RefusalText.Of(refusal));
    }
}
