using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>Every page can be read, in light and in dark, and operated by those who do not see it.</summary>
public sealed class AccessibilityTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_page_has_contrast_names_and_headings(ColorScheme colours)
    {
        var visitor = await VisitorAsync(new() { ColorScheme = colours });
        var findings = new List<string>();

        await Pages.WalkAsync(visitor, await SensorAsync(), async page =>
            findings.AddRange((await visitor.Page.EvaluateAsync<string[]>(AccessibilityScript.Findings)).Select(finding => $"{page}: {finding}")));

        findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_check_finds_what_is_wrong()
    {
        var visitor = await VisitorAsync();
        await visitor.Page.SetContentAsync(
            """
            <p style="color: #999; background: #fff">faint</p>
            <p style="color: #595959; background: #fff">readable</p>
            <button></button> <button>Named</button>
            <label>Labelled <input></label> <input placeholder="unlabelled">
            <a href="/"><svg></svg></a>
            <i id="twice"></i><i id="twice"></i>
            """);

        var findings = await visitor.Page.EvaluateAsync<string[]>(AccessibilityScript.Findings);

        findings.ShouldBe(
            ["contrast 2.8 of 'faint'", "no name: button", "no name: input", "no name: a", "id used twice: twice", "h1: 0", "no language"],
            ignoreOrder: true);
    }
}
