using System.Text.Json;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Web;

/// <summary>What a page of another site can do with the browser of somebody who uses VibeDash: nothing.</summary>
public sealed class AttackTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    private readonly Chromium _chromium = chromium;

    // Each request that a page may send without asking first, in the ways it may be sent; each answers what it has got hold of.
    private const string Change =
        """
        async ([site, event]) => {
          const got = [];
          const send = async (name, path, options) => {
            try {
              const response = await fetch(site + path, options);
              if (response.type !== 'opaque' || response.status) got.push(`${name}: ${response.status}`);
            } catch (refused) { }
          };
          for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json']) {
            await send(type, 'api/v1/events', { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': type }, body: event });
            await send(type, 'api/v1/events', { method: 'POST', mode: 'cors', headers: { 'Content-Type': type }, body: event });
          }
          await send('no type', 'api/v1/events', { method: 'POST', mode: 'no-cors', body: new Blob([event]) });
          await send('no body', 'api/v1/backups', { method: 'POST', mode: 'no-cors' });
          await send('no body', 'api/v1/out-of-service/1/return', { method: 'POST', mode: 'no-cors' });
          await send('a name', 'api/v1/backups', { method: 'POST', mode: 'cors', headers: { Actor: 'Eve' } });
          await send('delete', 'api/v1/rules/1', { method: 'DELETE', headers: { Actor: 'Eve' } });
          navigator.sendBeacon(site + 'api/v1/backups');
          navigator.sendBeacon(site + 'api/v1/events', event);

          for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
            const frame = document.body.appendChild(document.createElement('iframe'));
            frame.name = enctype;
            const form = document.body.appendChild(document.createElement('form'));
            Object.assign(form, { action: site + 'api/v1/events', method: 'post', enctype, target: enctype });
            const field = form.appendChild(document.createElement('input'));
            field.name = event.slice(0, -1) + ',"x":"';
            field.value = '"}';
            const answered = new Promise(done => { frame.onload = done; });
            form.submit();
            await answered;
          }
          return got;
        }
        """;

    private const string Listen =
        """
        async ([site]) => {
          const got = [];
          const outcome = (name, start) => new Promise(done => start(what => { got.push(`${name}: ${what}`); done(); }, done));
          await outcome('socket', (heard, ended) => {
            const socket = new WebSocket(site.replace('http', 'ws') + 'hubs/live');
            socket.onopen = () => heard('open');
            socket.onclose = ended;
          });
          await outcome('stream', (heard, ended) => {
            const stream = new EventSource(site + 'api/v1/live');
            stream.onopen = () => heard('open');
            stream.onerror = () => { stream.close(); ended(); };
          });
          for (const path of ['api/v1/fleet', 'api/v1/status', 'hubs/live/negotiate', 'favicon.svg'])
            await outcome(path, (heard, ended) => fetch(site + path).then(() => heard('read'), ended));
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

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_page_of_another_site_changes_nothing_and_hears_nothing(string host)
    {
        using var attacker = new AttackingSite();
        var page = await PageAsync($"http://{host}:{attacker.Port}/");

        (await page.EvaluateAsync<string[]>(Change, new[] { Server.Site, Sensor.SeedEvent.ReplaceLineEndings("") })).ShouldBeEmpty();
        (await page.EvaluateAsync<string[]>(Listen, new[] { Server.Site })).ShouldBeEmpty();

        (await AskAsync("api/v1/status")).GetProperty("stored").GetInt64().ShouldBe(0);
        (await AskAsync("api/v1/status")).GetProperty("rejected").GetInt64().ShouldBe(0);
        (await AskAsync("api/v1/backups")).GetProperty("run").ValueKind.ShouldBe(JsonValueKind.Null);
        (await AskAsync("api/v1/rules")).GetArrayLength().ShouldBe(3);
        (await AskAsync("api/v1/commands")).GetArrayLength().ShouldBe(0);
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

    private async Task<JsonElement> AskAsync(string path)
    {
        using var http = new HttpClient();
        return JsonDocument.Parse(await http.GetStringAsync(new Uri(Server.Site + path), TestContext.Current.CancellationToken)).RootElement;
    }
}
