using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Web;

/// <summary>What a page of another site can do with the browser of somebody who uses VibeDash: nothing.</summary>
public sealed class AttackTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    // Each request that a page may send without asking first, in the ways it may be sent, and some that it may not. Answers what it has got hold of.
    private const string Change =
        """
        async ([site, event]) => {
          const got = [];
          const send = async (name, path, options) => {
            try {
              const response = await fetch(site + path, { credentials: 'include', signal: AbortSignal.timeout(20000), ...options });
              if (response.type !== 'opaque' || response.status) got.push(`${name}: ${response.status}`);
            } catch (refused) {
              if (refused.name === 'TimeoutError') got.push(`${name}: no answer`);
            }
          };
          for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json']) {
            await send(type, 'api/v1/events', { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': type }, body: event });
            await send(type, 'api/v1/events', { method: 'POST', mode: 'cors', headers: { 'Content-Type': type }, body: event });
          }
          await send('no type', 'api/v1/events', { method: 'POST', mode: 'no-cors', body: new Blob([event]) });
          await send('no body', 'api/v1/backups', { method: 'POST', mode: 'no-cors' });
          await send('no body', 'api/v1/me/sign-out', { method: 'POST', mode: 'no-cors' });
          await send('delete', 'api/v1/rules/1', { method: 'DELETE' });
          await send('delete', 'api/v1/rules/1', { method: 'DELETE', mode: 'no-cors' });
          navigator.sendBeacon(site + 'api/v1/backups');
          navigator.sendBeacon(site + 'api/v1/events', event);

          // What is shown in the frame is refused: by the answer, and by its header X-Frame-Options.
          for (const [path, enctype] of [['api/v1/events', 'text/plain'], ['api/v1/events', 'application/x-www-form-urlencoded'], ['api/v1/backups', 'multipart/form-data'], ['account', 'multipart/form-data']]) {
            // A name that is given later is no target in Chromium: the form would open a window, and the frame load nothing.
            const frame = document.createElement('iframe');
            frame.name = `${path} ${enctype}`;
            document.body.append(frame);
            const form = document.body.appendChild(document.createElement('form'));
            Object.assign(form, { action: site + path, method: 'post', enctype, target: frame.name });
            const field = form.appendChild(document.createElement('input'));
            field.name = path === 'account' ? '_handler' : event.slice(0, -1) + ',"x":"';
            field.value = path === 'account' ? 'sign-out-everywhere' : '"}';
            const answered = new Promise(done => {
              frame.onload = done;
              setTimeout(() => { if (!frame.answered) got.push(`${frame.name}: no answer`); done(); }, 20000);
            });
            form.submit();
            await answered;
            frame.answered = true;
          }
          return got;
        }
        """;

    // Each way to hear something. Answers what it has heard.
    private const string Listen =
        """
        async ([site]) => {
          const got = [];
          const outcome = (name, start) => new Promise(done => {
            const late = setTimeout(() => { got.push(`${name}: no end`); done(); }, 20000);
            const ended = () => { clearTimeout(late); done(); };
            start(what => { got.push(`${name}: ${what}`); ended(); }, ended);
          });
          await outcome('socket', (heard, ended) => {
            const socket = new WebSocket(site.replace('http', 'ws') + 'hubs/live');
            socket.onopen = () => { socket.close(); heard('open'); };
            socket.onerror = ended;
          });
          await outcome('stream', (heard, ended) => {
            const stream = new EventSource(site + 'api/v1/live', { withCredentials: true });
            stream.onopen = () => { stream.close(); heard('open'); };
            stream.onerror = () => { stream.close(); ended(); };
          });
          for (const path of ['api/v1/fleet', 'api/v1/me', 'favicon.svg'])
            await outcome(path, (heard, ended) => fetch(site + path, { credentials: 'include' }).then(() => heard('read'), ended));
          await outcome('picture', (heard, ended) => {
            const picture = new Image();
            picture.onload = () => heard('shown');
            picture.onerror = ended;
            picture.src = site + 'favicon.svg';
          });
          await outcome('script', (heard, ended) => {
            const script = document.createElement('script');
            script.onload = () => heard('run');
            script.onerror = ended;
            script.src = site + '_framework/blazor.web.js';
            document.body.append(script);
          });
          return got;
        }
        """;

    private static readonly string[] DoneByTheTest = ["AddPerson", "SignIn"];

    private readonly Chromium _chromium = chromium;

    /// <summary>The first is another site, to which the browser gives the cookie away for links only; the second is another port of the same site, to which it gives it with each request.</summary>
    [Theory]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", true)]
    public async Task A_page_of_another_site_changes_nothing_and_hears_nothing(string host, bool cookieIsSent)
    {
        using var attacker = new AttackingSite();
        await using var browser = await SignedInBrowserAsync();
        var page = await browser.NewPageAsync();
        var requests = new ConcurrentBag<IRequest>();
        page.Request += (_, request) => requests.Add(request);
        await page.GotoAsync($"http://{host}:{attacker.Port}/");

        (await page.EvaluateAsync<string[]>(Change, new[] { Server.Site, Sensor.SeedEvent.ReplaceLineEndings("") })).ShouldBeEmpty();
        (await page.EvaluateAsync<string[]>(Listen, new[] { Server.Site })).ShouldBeEmpty();

        // The attack is one of somebody who is signed in, where the browser lets it be.
        var headers = await Task.WhenAll(requests.Where(request => request.Url.StartsWith(Server.Site, StringComparison.Ordinal)).Select(request => request.AllHeadersAsync()));
        headers.Length.ShouldBeGreaterThan(20);
        headers.Any(sent => sent.TryGetValue("cookie", out var cookie) && cookie.Contains(Server.Session!.Value, StringComparison.Ordinal)).ShouldBe(cookieIsSent);

        (await AskAsync("api/v1/status")).GetProperty("stored").GetInt64().ShouldBe(0);
        (await AskAsync("api/v1/status")).GetProperty("rejected").GetInt64().ShouldBe(0);
        (await AskAsync("api/v1/backups")).GetProperty("run").ValueKind.ShouldBe(JsonValueKind.Null);
        (await AskAsync("api/v1/rules")).GetArrayLength().ShouldBe(3);
        (await AskAsync("api/v1/commands")).EnumerateArray().Select(command => command.GetProperty("name").GetString()).ShouldBeSubsetOf(DoneByTheTest);
    }

    [Fact]
    public async Task The_same_questions_of_an_own_page_are_answered()
    {
        await using var browser = await SignedInBrowserAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(Server.Site + "account");

        (await page.EvaluateAsync<string[]>(Listen, new[] { Server.Site }))
            .ShouldBe(["socket: open", "stream: open", "api/v1/fleet: read", "api/v1/me: read", "favicon.svg: read", "picture: shown", "script: run"]);
        (await page.EvaluateAsync<string[]>(Change, new[] { Server.Site, Sensor.SeedEvent.ReplaceLineEndings("") })).ShouldContain("application/json: 202");
        (await Should.ThrowAsync<HttpRequestException>(() => AskAsync("api/v1/status"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "it has signed itself out");
    }

    [Fact]
    public async Task A_page_of_another_site_shows_no_page_in_a_frame_to_be_clicked()
    {
        using var attacker = new AttackingSite();
        var page = await PageAsync($"http://localhost:{attacker.Port}/");

        await page.EvaluateAsync(
            """
            site => new Promise(done => {
              const frame = document.createElement('iframe');
              frame.onload = done;
              frame.src = site + 'alerts';
              document.body.append(frame);
            })
            """,
            Server.Site);

        var framed = page.Frames.Single(frame => frame != page.MainFrame);
        framed.Url.ShouldStartWith("chrome-error://");
        (await framed.ContentAsync()).ShouldNotContain("VibeDash");
    }

    [Fact]
    public async Task Markup_that_got_into_a_page_all_the_same_would_not_be_run()
    {
        var page = await PageAsync(Server.Site);

        var refused = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const refused = [];
              document.addEventListener('securitypolicyviolation', violation => refused.push(violation.effectiveDirective));
              const run = document.createElement('script');
              run.textContent = 'window.attacked = "script"';
              document.body.append(run);
              const markup = document.body.appendChild(document.createElement('div'));
              markup.innerHTML = '<img src="data:," onerror="window.attacked = 1"><svg onload="window.attacked = 2"></svg><p style="color: red"></p><style>p { color: red }</style>';
              const other = document.createElement('script');
              other.src = 'http://localhost:1/attack.js';
              document.body.append(other);
              await new Promise(done => setTimeout(done, 500));
              return [...new Set(refused)].sort();
            }
            """);

        refused.ShouldBe(["script-src-attr", "script-src-elem", "style-src-attr", "style-src-elem"]);
        (await page.EvaluateAsync<bool>("() => window.attacked === undefined")).ShouldBeTrue();
    }

    // Not a visitor: the browser says in the console what it refuses.
    private async Task<IPage> PageAsync(string address)
    {
        var page = await _chromium.Browser.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    private async Task<IBrowserContext> SignedInBrowserAsync()
    {
        var context = await _chromium.Browser.NewContextAsync();
        context.SetDefaultTimeout((float)TimeLimit.Limit.TotalMilliseconds);
        await context.AddCookiesAsync([Server.Session!]);
        return context;
    }

    private async Task<JsonElement> AskAsync(string path)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Cookie", $"{Server.Session!.Name}={Server.Session.Value}");
        return await http.GetFromJsonAsync<JsonElement>(new Uri(Server.Site + path), TestContext.Current.CancellationToken);
    }
}
