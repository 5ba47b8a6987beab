using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>Every page in common screen sizes. Screenshots are in <c>artifacts/screenshots</c>: inspect them after changing a page.</summary>
public sealed class ScreenTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    private static readonly (int Width, int Height, ColorScheme Colours)[] Screens =
    [
        (1440, 900, ColorScheme.Light),
        (1440, 900, ColorScheme.Dark),
        (390, 844, ColorScheme.Light),
    ];

    [Fact]
    public async Task Every_page_fits_the_screen_and_is_accessible()
    {
        var visitor = await VisitorAsync();
        var findings = new List<string>();

        await Pages.WalkAsync(visitor, await SensorAsync(), async page =>
        {
            foreach (var (width, height, colours) in Screens)
            {
                await visitor.Page.EmulateMediaAsync(new() { ColorScheme = colours });
                await visitor.ResizeAsync(width, height);
                var screen = $"{page}-{colours.ToString().ToLowerInvariant()}-{width}";
                await visitor.PictureAsync(screen, fullPage: page != "acknowledge");
                findings.AddRange((await visitor.FindingsAsync()).Select(finding => $"{screen}: {finding}"));
            }
        });

        findings.ShouldBeEmpty();
    }
}
