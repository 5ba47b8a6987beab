using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>The first HTML, before any script of it runs.</summary>
public sealed class PrerenderingTests(SharedSite site) : IClassFixture<SharedSite>
{
    [Theory]
    [InlineData("", "12.5 m/s²")]
    [InlineData("sensors/VB-42345", "12.5 m/s²")]
    [InlineData("alerts", "12.5 m/s² over the threshold of 12.0")]
    [InlineData("alerts/1", "12.5 m/s² over the threshold of 12.0")]
    public async Task The_first_html_of_a_page_shows_real_numbers(string path, string level)
    {
        await using var sensor = await Sensor.ConnectAsync(site.Server);
        await sensor.PublishSeedAsync();
        await using var visitor = await site.VisitorAsync(new() { JavaScriptEnabled = false });

        await visitor.GoAsync(path);

        var main = visitor.Page.GetByRole(AriaRole.Main);
        await Expect(main.GetByText("VB-42345", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(main).ToContainTextAsync(level);
        await Expect(main).ToContainTextAsync("Critical");
        await Expect(visitor.Banner).ToContainTextAsync("12.5 m/s² over the threshold of 12.0 m/s²");
        visitor.Faults.ShouldBeEmpty();
    }
}
