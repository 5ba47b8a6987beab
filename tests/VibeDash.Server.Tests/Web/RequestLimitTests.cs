using System.Net;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Web;

/// <summary>What one requester may take: requests, hub connections, bytes and time.</summary>
public sealed class RequestLimitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-web-").FullName;

    [Fact]
    public async Task Who_asks_too_often_has_to_wait_and_others_do_not()
    {
        await using var server = await WebServer.StartAsync(_folder, ("Web:RequestsPerSecond", "10"), ("Web:Proxies:0", "127.0.0.1"));
        var refused = await ExhaustAsync(server, _ => "X-Forwarded-For: 192.0.2.1");

        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 2);
        (await refused.RefusalAsync()).ShouldBe((HttpStatusCode.TooManyRequests, RefusalCode.TooManyRequests));
        using var other = await AskAsNobodyAsync(server, "X-Forwarded-For: 192.0.2.2");
        other.StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
        using var person = await server.AskAsync("GET", "api/v1/status", null, null, "X-Forwarded-For: 192.0.2.1");
        person.StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Who_says_to_be_somebody_else_is_not_believed()
    {
        await using var server = await WebServer.StartAsync(_folder, ("Web:RequestsPerSecond", "10"), ("Web:Proxies:0", "192.0.2.0/24"));

        using var refused = await ExhaustAsync(server, i => $"X-Forwarded-For: 198.51.100.{i % 250}");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_named_proxy_tells_scheme_and_host_and_another_does_not()
    {
        string[] headers = ["X-Forwarded-Proto: https", "X-Forwarded-Host: vibedash.plant", "Origin: https://vibedash.plant"];
        await using (var server = await WebServer.StartAsync(_folder, ("Web:Proxies:0", "127.0.0.1"), ("AllowedHosts", "vibedash.plant")))
        {
            using var own = await server.AskAsync("DELETE", "api/v1/rules/999", null, null, headers);
            (await own.RefusalAsync()).Code.ShouldBe(RefusalCode.RuleUnknown);
            using var foreign = await server.AskAsync("GET", "api/v1/status", null, null, "X-Forwarded-Host: attacker.example");
            (await foreign.RefusalAsync()).Code.ShouldBe(RefusalCode.HostUnknown);
        }

        await using (var server = await WebServer.StartAsync(_folder, ("AllowedHosts", "vibedash.plant")))
        {
            using var response = await server.AskAsync("DELETE", "api/v1/rules/999", null, null, headers);
            (await response.RefusalAsync()).Code.ShouldBe(RefusalCode.OriginForeign);
        }
    }

    [Fact]
    public async Task Hub_connections_are_bounded_and_a_closed_one_makes_room()
    {
        await using var server = await WebServer.StartAsync(_folder, ("Web:HubConnectionsEach", "2"));
        await using var first = await LiveProbe.ConnectAsync(server);
        await using (await LiveProbe.ConnectAsync(server))
        {
            using var response = await server.AskAsync("POST", "hubs/live/negotiate?negotiateVersion=1");
            (await response.RefusalAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, RefusalCode.TooManyReaders));
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
            await Should.ThrowAsync<HttpRequestException>(() => LiveProbe.ConnectAsync(server));

            // All else is answered.
            (await server.FleetAsync()).Sensors.ShouldBeEmpty();
        }

        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await server.AskAsync("POST", "hubs/live/negotiate?negotiateVersion=1");
                return response.StatusCode == HttpStatusCode.OK;
            },
            "there is room again");
    }

    [Fact]
    public async Task A_hub_message_that_is_too_long_ends_its_connection_only()
    {
        await using var server = await WebServer.StartAsync(_folder);
        await using var other = await LiveProbe.ConnectAsync(server);
        await using var sender = await LiveProbe.ConnectAsync(server);

        await Should.ThrowAsync<Exception>(() => sender.CallAsync("WatchSensor", new string('x', 70 * 1024)));

        await other.CallAsync("WatchFleet");
    }

    [Fact]
    public async Task A_request_that_is_too_long_is_refused()
    {
        await using var server = await WebServer.StartAsync(_folder);

        using var body = await server.AskAsync("POST", "api/v1/rules", new string(' ', (1024 * 1024) + 1), "application/json");
        (await body.RefusalAsync()).ShouldBe((HttpStatusCode.RequestEntityTooLarge, RefusalCode.BodyTooLong));
        (await RawHttp.AskAsync(server, $"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 33 * 1024)}\r\n\r\n")).ShouldStartWith("HTTP/1.1 431");
        (await RawHttp.AskAsync(server, $"GET /{new string('x', 9 * 1024)} HTTP/1.1\r\nHost: localhost\r\n\r\n")).ShouldStartWith("HTTP/1.1 414");
    }

    [Fact]
    public async Task A_request_that_is_too_slow_is_ended()
    {
        await using var server = await WebServer.StartAsync(_folder);
        var began = TimeProvider.System.GetTimestamp();

        // A byte a second: the 240 a second that are asked for are awaited for five seconds.
        var answer = await RawHttp.AskAsync(
            server,
            "POST /api/v1/rules HTTP/1.1\r\nHost: localhost\r\nTested-As: Ada\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
            async stream =>
            {
                await stream.WriteAsync(" "u8.ToArray(), TestContext.Current.CancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            });

        answer.ShouldStartWith("HTTP/1.1 408");
        TimeProvider.System.GetElapsedTime(began).TotalSeconds.ShouldBeInRange(4, 60);
        (await server.GetAsync<RuleVersion[]>("api/v1/rules"))!.Length.ShouldBe(3);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A person has a limit of their own, whatever their address.
    private static async Task<HttpResponseMessage> AskAsNobodyAsync(TestServer server, string header)
    {
        using var http = new HttpClient { BaseAddress = server.Http.BaseAddress };
        http.DefaultRequestHeaders.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        return await http.GetAsync(new Uri("api/v1/status", UriKind.Relative), TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> ExhaustAsync(TestServer server, Func<int, string> header)
    {
        for (var i = 0; i < 2_000; i++)
        {
            var response = await AskAsNobodyAsync(server, header(i));
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                return response;
            response.Dispose();
        }

        throw new InvalidOperationException("There is no limit.");
    }
}
