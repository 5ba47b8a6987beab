using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>The checks that <see cref="ScreenTests"/> applies to every page.</summary>
public sealed class AccessibilityTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task What_is_wrong_is_found_and_nothing_else()
    {
        var visitor = await VisitorAsync();
        await visitor.Page.SetContentAsync(
            """
            <p style="color: #999; background: #fff">faint</p>
            <p style="color: #595959; background: #fff">readable</p>
            <p style="color: #999; background: #fff; font-size: 24px; font-weight: bold">still too faint</p>
            <p style="color: #949494; background: #fff; font-size: 24px">large</p>
            <p style="opacity: 0.5; color: #333; background: #fff">half gone</p>
            <div style="background: #000"><p style="color: #fff">white on black</p></div>
            <button></button> <button>Named</button> <button aria-label="Named"><svg></svg></button>
            <label>Labelled <input></label> <input placeholder="unlabelled">
            <a href="/"><svg></svg></a>
            <div style="overflow: hidden"><p style="width: 2000px; text-align: right">cut off</p></div>
            <div style="overflow-x: auto"><p style="width: 2000px; text-align: right">scrolled to</p></div>
            <i id="twice"></i><i id="twice"></i>
            <button aria-label="Switch it off">Switch off</button> <button aria-label="Switch on: it">Switch on</button>
            """);

        var findings = await visitor.FindingsAsync();

        // Without the explanations.
        findings.Select(finding => string.Join(": ", finding.Split(": ").Take(2))).ShouldBe(
            [
                "color-contrast: body > p:nth-child(1)", "color-contrast: p:nth-child(3)", "color-contrast: p:nth-child(5)", "outside the screen: 'cut off'",
                "button-name: button:nth-child(7)", "label: input[placeholder=\"unlabelled\"]", "link-name: a", "scrollable-region-focusable: div:nth-child(14)",
                "id used twice: twice", "label-content-name-mismatch: button[aria-label=\"Switch it off\"]", "h1: 0", "html-has-lang: html", "document-title: html",
            ],
            ignoreOrder: true);
    }
}
