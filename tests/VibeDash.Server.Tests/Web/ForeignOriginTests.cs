using System.Net;
using System.Net.WebSockets;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Web;

/// <summary>Pages of other origins change nothing and hear nothing; programs, and the pages of the server, are not concerned.</summary>
public sealed class ForeignOriginTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Event = "api/v1/events";

    private TestServer Server => shared.Running;

    private string Own => Server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public static TheoryData<string, string> Foreign =>
    [
        ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Site", "of-a-later-browser"), ("Origin", "http://attacker.example"), ("Origin", "null"),
        ("Origin", "http://127.0.0.1:1"), ("Origin", "https://127.0.0.1"), ("Origin", "http://127.0.0.1"),
    ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_page_of_another_origin_changes_nothing(string header, string value)
    {
        foreach (var (method, path, body, type) in Changes)
        {
            using var response = await Server.AskAsync(method, path, body, type, $"{header}: {value}");
            (await response.RefusalAsync()).ShouldBe((HttpStatusCode.Forbidden, RefusalCode.OriginForeign), $"{method} {path} {type}");
        }

        (await Server.FleetAsync()).Status.Stored.ShouldBe(0);
        (await Server.GetAsync<BackupStatus>("api/v1/backups"))!.Run.ShouldBeNull();
        (await Server.GetAsync<CommandEntry[]>("api/v1/commands"))!.ShouldNotContain(entry => entry.Refusal == null);
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_page_of_another_origin_hears_nothing(string header, string value)
    {
        foreach (var (method, path) in new[] { ("POST", "hubs/live/negotiate?negotiateVersion=1"), ("GET", "hubs/live"), ("GET", "api/v1/live"), ("GET", "API/v1/LIVE"), ("GET", "api/v1/status") })
        {
            using var response = await Server.AskAsync(method, path, null, null, $"{header}: {value}");
            (await response.RefusalAsync()).ShouldBe((HttpStatusCode.Forbidden, RefusalCode.OriginForeign), $"{method} {path}");
        }

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader(header, value);
        socket.Options.CollectHttpResponseDetails = true;
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new($"ws{Own[4..]}/hubs/live"), TestContext.Current.CancellationToken));
        socket.HttpStatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_own_pages_and_programs_go_on()
    {
        foreach (var headers in new string[][] { [], ["Sec-Fetch-Site: same-origin", $"Origin: {Own}"], [$"Origin: {Own}"], ["Sec-Fetch-Site: none"] })
        {
            using var rule = await Server.AskAsync("DELETE", "api/v1/rules/999", null, null, headers);
            (await rule.RefusalAsync()).Code.ShouldBe(RefusalCode.RuleUnknown);
            using var negotiated = await Server.AskAsync("POST", "hubs/live/negotiate?negotiateVersion=1", null, null, headers);
            negotiated.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var socket = new ClientWebSocket();
            foreach (var header in headers)
                socket.Options.SetRequestHeader(header.Split(": ")[0], header.Split(": ")[1]);
            await socket.ConnectAsync(new($"ws{Own[4..]}/hubs/live"), TestContext.Current.CancellationToken);
            socket.State.ShouldBe(WebSocketState.Open);
        }

        await using var probe = await LiveProbe.ConnectAsync(Server);
    }

    [Fact]
    public async Task A_link_of_another_site_leads_to_a_page_and_to_a_file()
    {
        foreach (var path in new[] { "", "alerts", "api/v1/alerts/journal.csv" })
        {
            using var response = await Server.AskAsync("GET", path, null, null, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("text/plain; x=application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_that_a_form_can_send_changes_nothing_whoever_sends_it(string? type)
    {
        foreach (var (method, path, _, _) in Changes)
        {
            using var response = await Server.AskAsync(method, path, "{}", type);
            (await response.RefusalAsync()).ShouldBe((HttpStatusCode.UnsupportedMediaType, RefusalCode.ContentTypeUnsupported), $"{method} {path}");
        }
    }

    [Fact]
    public async Task No_answer_may_be_read_by_another_origin()
    {
        using var preflight = await Server.AskAsync(
            "OPTIONS", Event, null, null, "Origin: http://attacker.example", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type");
        using var read = await Server.AskAsync("GET", "api/v1/status");

        foreach (var response in new[] { preflight, read })
        {
            response.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
            response.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        }
    }

    private static (string Method, string Path, string? Body, string? Type)[] Changes =>
    [
        ("POST", "api/v1/backups", null, null), ("POST", "api/v1/out-of-service/1/return", null, null), ("POST", "api/v1/alerts/1/acknowledge", "{}", "text/plain"),
        ("POST", Event, TestSensor.SeedEvent, "text/plain"), ("POST", Event, TestSensor.SeedEvent, "application/x-www-form-urlencoded"),
        ("POST", Event, TestSensor.SeedEvent, "multipart/form-data; boundary=x"), ("POST", Event, TestSensor.SeedEvent, "application/json"),
        ("PUT", "api/v1/sensors/VB-1/settings", "{}", "application/json"), ("DELETE", "api/v1/rules/1", null, null),
    ];
}
