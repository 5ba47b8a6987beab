using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>The script with which <see cref="ScreenTests"/> checks every page.</summary>
public sealed class AccessibilityTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task The_script_finds_what_is_wrong_and_nothing_else()
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
            """);

        var findings = await visitor.Page.EvaluateAsync<string[]>(AccessibilityScript.Findings);

        findings.ShouldBe(
            [
                "contrast 2.8 of 'faint'", "contrast 2.8 of 'still too faint'", "contrast 2.8 of 'half gone'", "outside the screen: 'cut off'",
                "no name: button", "no name: input", "no name: a", "id used twice: twice", "h1: 0", "no language",
            ],
            ignoreOrder: true);
    }
}
