using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Web;

/// <summary>What a page of another site can do with the browser of somebody who uses VibeDash: nothing.</summary>
public sealed class AttackTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    private readonly Chromium _chromium = chromium;

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
}
