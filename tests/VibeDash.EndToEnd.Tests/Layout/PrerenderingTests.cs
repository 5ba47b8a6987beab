using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>The initial HTML, before any script runs.</summary>
public sealed class PrerenderingTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Theory]
    [InlineData("", "12.5 m/s²")]
    [InlineData("sensors/VB-42345", "12.5 m/s²")]
    [InlineData("alerts", "12.5 m/s² over the threshold of 12.0")]
    [InlineData("alerts/1", "12.5 m/s² over the threshold of 12.0")]
    public async Task The_first_html_of_a_page_shows_real_numbers(string path, string level)
    {
        var sensor = await SensorAsync();
        await sensor.PublishSeedAsync();
        var visitor = await VisitorAsync(new() { JavaScriptEnabled = false });

        await visitor.GoAsync(path);

        var main = visitor.Page.GetByRole(AriaRole.Main);
        await Expect(main.GetByText("VB-42345", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(main).ToContainTextAsync(level);
        await Expect(main).ToContainTextAsync("Critical");
        await Expect(visitor.Banner).ToContainTextAsync("12.5 m/s² over the threshold of 12.0 m/s²");
    }
}
