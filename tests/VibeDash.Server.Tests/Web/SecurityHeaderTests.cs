using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Web;

/// <summary>The headers of all kinds of answers.</summary>
public sealed partial class SecurityHeaderTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    private TestServer Server => shared.Running;

    [Theory]
    [InlineData("GET", "", 200)]
    [InlineData("GET", "alerts", 200)]
    [InlineData("GET", "nowhere", 404)]
    [InlineData("GET", "app.css", 200)]
    [InlineData("GET", "api/v1/fleet", 200)]
    [InlineData("GET", "api/v1/nowhere", 404)]
    [InlineData("DELETE", "api/v1/rules/999", 404)]
    [InlineData("GET", "api/v1/alerts/journal.csv", 200)]
    [InlineData("GET", "health", 200)]
    public async Task Every_answer_is_of_its_type_in_no_frame_and_for_no_other_origin(string method, string path, int status)
    {
        using var response = await Server.AskAsync(method, path);

        ((int)response.StatusCode).ShouldBe(status);
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "X-Frame-Options").ShouldBe("DENY");
        Header(response, "Referrer-Policy").ShouldBe("same-origin");
        Header(response, "Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Header(response, "Permissions-Policy").ShouldContain("geolocation=()");
        Header(response, "Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("HTTPS is not configured");
        if (response.Content.Headers.ContentType?.MediaType != "text/html")
            Header(response, "Content-Security-Policy").ShouldBe(Nothing);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alerts")]
    [InlineData("nowhere")]
    public async Task A_page_runs_scripts_of_this_server_and_the_import_map_that_it_holds_only(string path)
    {
        using var response = await Server.AskAsync("GET", path);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var map = ImportMap().Match(html).Groups[1].Value;
        map.Length.ShouldBeGreaterThan(100);
        Header(response, "Content-Security-Policy").Split("; ").ShouldBe(
        [
            "default-src 'none'", $"script-src 'self' 'wasm-unsafe-eval' 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map)))}'", "style-src 'self' 'sha256-TBymqJXQvXKxe+z+3ydUYBErlkFFu110c5FjiVB8p+M=' 'sha256-aSysLrDECVdJ6L+jLf8CC5QKLmwRuk/OZiZk9mYky8A='",
            "img-src 'self' data: blob:", "connect-src 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'",
        ]);

        // No other script is in the page, and nothing that the policy would keep from its effect.
        InlineScript().Count(html).ShouldBe(1);
        html.ShouldNotContain(" style=");
        html.ShouldNotContain("<style");
        html.ShouldNotMatch(@"\son[a-z]+=");
    }

    [Fact]
    public async Task The_page_of_the_API_has_a_policy_of_its_own_in_Development()
    {
        using var response = await Server.AskAsync("GET", "scalar/");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(response, "Content-Security-Policy").ShouldContain("script-src 'self' 'unsafe-inline'");
        Header(response, "Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
    }

    [Fact]
    public async Task Stored_markup_is_given_away_as_a_file_that_nothing_runs()
    {
        const string Markup = "<html><script>alert(1)</script></html>";
        using (await Server.AskAsync("POST", "api/v1/events", $"[{TestSensor.SeedEvent},{{\"eventId\":\"{Markup}\"}}]", "application/json"))
        {
        }

        var letter = (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.First();
        using (await Server.AskAsync("POST", "api/v1/backups"))
        {
        }

        var backup = await Eventually.GetAsync(async () => (await Server.GetAsync<BackupStatus>("api/v1/backups"))!.Files.FirstOrDefault(), "a backup");
        foreach (var path in new[]
                 {
                     $"dead-letters/{letter.Id}/payload", $"backups/{backup.Name}", "alerts/journal.csv", "alerts/journal.ndjson", "sensors/VB-42345/readings.csv",
                     "sensors/VB-42345/readings.ndjson",
                 })
        {
            using var response = await Server.AskAsync("GET", $"api/v1/{path}");

            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment", path);
            response.Content.Headers.ContentType!.MediaType.ShouldBeOneOf("application/octet-stream", "application/vnd.sqlite3", "text/csv", "application/x-ndjson");
            (Header(response, "X-Content-Type-Options"), Header(response, "Content-Security-Policy")).ShouldBe(("nosniff", Nothing), path);
            if (path.EndsWith("payload", StringComparison.Ordinal))
                (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(Markup);
        }
    }

    [Theory]
    [InlineData("api/v1/backups/..%2fvibedash.db")]
    [InlineData("api/v1/backups/%2e%2e%2fvibedash.db")]
    [InlineData("api/v1/backups/..%5cvibedash.db")]
    [InlineData("api/v1/backups/../../../vibedash.db")]
    [InlineData("api/v1/backups/vibedash-..%2f..%2fvibedash.db")]
    [InlineData("api/v1/backups/%2fetc%2fpasswd")]
    [InlineData("..%2fappsettings.json")]
    [InlineData("%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("lib/..%2f..%2fappsettings.json")]
    [InlineData("_framework/..%2f..%2fVibeDash.Server.dll")]
    [InlineData("appsettings.json")]
    [InlineData("data/vibedash.db")]
    public async Task No_path_leads_to_another_file(string path)
    {
        // Over a socket of its own: a client of HTTP would shorten the path.
        var answer = await RawHttp.AskAsync(Server, $"GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        answer.ShouldMatch(@"^HTTP/1\.1 (404|400)");
        answer.ShouldNotContain("Logging");
        answer.ShouldNotContain("SQLite format");
        answer.ShouldNotContain("root:");
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).ShouldHaveSingleItem();

    [GeneratedRegex(@"<script type=""importmap"">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex ImportMap();

    [GeneratedRegex(@"<script(?![^>]* src=)", RegexOptions.Singleline)]
    private static partial Regex InlineScript();
}
