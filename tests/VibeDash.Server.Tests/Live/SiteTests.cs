using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using VibeDash.Core.Contract;
using VibeDash.Server.Live;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Live;

/// <summary>Content served to browsers: pages, files, and the description of the API.</summary>
public sealed partial class SiteTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Running;

    [Fact]
    public async Task The_first_html_carries_real_numbers()
    {
        await using var sensor = await TestSensor.ConnectAsync(shared.Listening);
        await sensor.PublishAsync(TestSensor.SeedEvent, "VB-42345");

        var fleet = await TextAsync("");
        var page = await TextAsync("sensors/VB-42345");

        foreach (var html in new[] { fleet, page })
        {
            html.ShouldContain("VB-42345");
            html.ShouldContain("12.5");
            html.ShouldContain("Conveyor Unit 4");
            html.ShouldContain("Critical");
        }
    }

    [Fact]
    public async Task Every_file_a_page_names_is_served()
    {
        var html = await TextAsync("");

        var files = AssetReference().Matches(html).Select(match => match.Groups[1].Value).ToArray();
        files.ShouldContain(file => file.EndsWith(".css", StringComparison.Ordinal));
        foreach (var file in files.Append("lib/apexcharts.esm.js"))
        {
            using var response = await Server.Http.GetAsync(file, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldNotBeEmpty(file);
        }
    }

    [Fact]
    public async Task The_api_is_described()
    {
        using var document = JsonDocument.Parse(await TextAsync("openapi/v1.json"));

        document.RootElement.GetProperty("info").GetProperty("title").GetString().ShouldBe("VibeDash");
        document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ShouldBe(
            [
                "/api/v1/fleet", "/api/v1/sensors", "/api/v1/sensors/{sensorId}", "/api/v1/sensors/{sensorId}/history", "/api/v1/status",
                "/api/v1/alerts", "/api/v1/alerts/{alertId}", "/api/v1/alerts/{alertId}/acknowledge", "/api/v1/alerts/actions", "/api/v1/alerts/acknowledge", "/api/v1/rules", "/api/v1/rules/{ruleId}",
                "/api/v1/rules/{ruleId}/versions", "/api/v1/sensors/{sensorId}/rules", "/api/v1/sensors/{sensorId}/settings", "/api/v1/out-of-service",
                "/api/v1/sensors/{sensorId}/run-level", "/api/v1/sensors/{sensorId}/history-evaluation", "/api/v1/history-evaluation", "/api/v1/sensors/{sensorId}/extent",
                "/api/v1/sensors/{sensorId}/rename", "/api/v1/sensors/{sensorId}/hand-over", "/api/v1/sensors/{sensorId}/merge", "/api/v1/sensors/{sensorId}/former-ids/{formerId}",
                "/api/v1/out-of-service/{id}/extend", "/api/v1/out-of-service/{id}/return", "/api/v1/events", "/api/v1/dead-letters", "/api/v1/dead-letters/groups",
                "/api/v1/dead-letters/{id}", "/api/v1/dead-letters/{id}/payload", "/api/v1/dead-letters/{id}/replay", "/api/v1/dead-letters/replay", "/api/v1/live", "/api/v1/sources", "/api/v1/connections",
                "/api/v1/history", "/api/v1/sensors/{sensorId}/notes", "/api/v1/sensors/{sensorId}/notes/journal", "/api/v1/notes/{noteId}",
                "/api/v1/sensors/{sensorId}/readings.csv", "/api/v1/sensors/{sensorId}/readings.ndjson", "/api/v1/alerts/journal.csv", "/api/v1/alerts/journal.ndjson",
                "/api/v1/backups", "/api/v1/backups/run", "/api/v1/backups/{name}", "/api/v1/commands", "/api/v1/commands.ndjson",
                "/api/v1/me", "/api/v1/me/sign-out", "/api/v1/people", "/api/v1/people/{personId}", "/api/v1/keys", "/api/v1/displays", "/api/v1/keys/{keyId}/revoke",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("api/v1/sensors/VB-1/history?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", 400)]
    [InlineData("api/v1/sensors/VB-1/history?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&points=1", 400)]
    [InlineData("api/v1/sensors/VB-1/history?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&points=2001", 400)]
    [InlineData("api/v1/sensors/VB-1/history?from=yesterday&to=2026-01-02T00:00:00Z", 400)]
    [InlineData("api/v1/sensors/VB-1/history?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", 404)]
    [InlineData("api/v1/sensors/VB-1", 404)]
    [InlineData("api/v1/alerts/99", 404)]
    [InlineData("api/v1/alerts?limit=0", 400)]
    [InlineData("api/v1/alerts?limit=501", 400)]
    [InlineData("api/v1/commands?limit=0", 400)]
    [InlineData("api/v1/commands?limit=501", 400)]
    [InlineData("api/v1/commands?limit=500&before=7", 200)]
    [InlineData("api/v1/alerts?severity=awful", 400)]
    [InlineData("api/v1/alerts?state=5", 400)]
    [InlineData("api/v1/dead-letters?reason=bad", 400)]
    [InlineData("api/v1/dead-letters?limit=501", 400)]
    [InlineData("api/v1/dead-letters?since=yesterday", 400)]
    [InlineData("api/v1/dead-letters?reason=malformedjson&topic=x&since=2026-01-01T00:00:00Z&before=7&limit=500", 200)]
    [InlineData("api/v1/dead-letters/groups?reason=3", 400)]
    [InlineData("api/v1/dead-letters/1", 404)]
    [InlineData("api/v1/dead-letters/1/payload", 404)]
    [InlineData("api/v1/dead-letters/replay", 204)]
    [InlineData("api/v1/alerts?state=acknowledged&severity=CRITICAL", 200)]
    public async Task A_question_that_cannot_be_answered_gets_the_right_status(string path, int status)
    {
        using var response = await Server.Http.GetAsync(path, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public void The_hub_has_the_methods_that_clients_call()
    {
        var called = typeof(LiveHubMethods).GetFields().Select(field => (string)field.GetRawConstantValue()!).Where(name => name != LiveHubMethods.Path);

        typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(method => method.Name)
            .ShouldBe(called, ignoreOrder: true);
    }

    private Task<string> TextAsync(string path) => Server.Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    [GeneratedRegex("""(?:href|src)="((?!http|#)[^"]+\.(?:css|js|svg))["]""")]
    private static partial Regex AssetReference();
}
