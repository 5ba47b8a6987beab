using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>Every page in common screen sizes. Screenshots are in <c>artifacts/screenshots</c>: inspect them after changing a page.</summary>
public sealed class ScreenTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    public async Task Every_page_fits_the_screen_and_is_accessible(int width, int height, ColorScheme colours)
    {
        var visitor = await VisitorAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours });
        var findings = new List<string>();

        await Pages.WalkAsync(visitor, await SensorAsync(), async page =>
        {
            await visitor.PictureAsync($"{page}-{colours.ToString().ToLowerInvariant()}-{width}", fullPage: page != "acknowledge");
            findings.AddRange((await visitor.FindingsAsync()).Select(finding => $"{page}: {finding}"));
        });

        findings.ShouldBeEmpty();
    }
}
