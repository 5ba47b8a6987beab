using System.Buffers.Binary;
using System.Xml.Linq;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Trends;

/// <summary>The visible range as files.</summary>
public sealed class TrendExportTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task The_visible_range_is_saved_as_png_svg_and_csv()
    {
        var sensor = await SensorAsync();
        var now = TimeProvider.System.GetUtcNow();
        for (var minute = 20; minute >= 1; minute--)
            await sensor.PublishAsync("VB-1", minute == 7 ? 9.5 : 4, at: now.AddMinutes(-minute));
        var visitor = await VisitorAtAsync("sensors/VB-1?range=15m");
        await Expect(visitor.Chart.Locator(".apexcharts-line-series path").First).ToBeAttachedAsync();

        var csv = await File.ReadAllTextAsync(await SaveAsync(visitor, "CSV"), TestContext.Current.CancellationToken);
        var lines = csv.Split("\r\n");
        lines[0].ShouldBe("sensor,unit,from,to,lowest,mean,highest,readings");
        lines[^1].ShouldBeEmpty();
        lines[1..^1].Length.ShouldBeInRange(14, 15);
        lines.Count(line => line.StartsWith("VB-1,m/s²,", StringComparison.Ordinal) && line.EndsWith(",9.5,9.5,9.5,1", StringComparison.Ordinal)).ShouldBe(1);

        var svg = XDocument.Load(await SaveAsync(visitor, "SVG"));
        svg.Root!.Name.LocalName.ShouldBe("svg");
        svg.Descendants().Count(element => element.Name.LocalName == "path" && ((string?)element.Attribute("d"))?.Length > 100).ShouldBeGreaterThan(0);
        svg.Descendants().Where(element => element.Name.LocalName == "text").ShouldContain(text => text.Value.StartsWith("VB-1, Hall 1, Pump 1 [m/s²]", StringComparison.Ordinal));
        svg.Descendants().ShouldNotContain(element => element.Name.LocalName == "foreignObject");

        var png = await File.ReadAllBytesAsync(await SaveAsync(visitor, "PNG"), TestContext.Current.CancellationToken);
        png[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)).ShouldBeGreaterThan(1000);
        (await ColoursAsync(visitor, png)).ShouldBeGreaterThan(20, "lines, band, text");
    }

    private static async Task<string> SaveAsync(Visitor visitor, string format)
    {
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Button, new() { Name = format, Exact = true }).ClickAsync());
        download.SuggestedFilename.ShouldMatch($@"^trend-VB-1-\d{{8}}T\d{{6}}Z\.{format.ToLowerInvariant()}$");
        var path = Path.Combine(Repository.Artifacts("downloads"), download.SuggestedFilename);
        await download.SaveAsAsync(path);
        return path;
    }

    // Number of different colours in the image, according to a browser.
    private static Task<int> ColoursAsync(Visitor visitor, byte[] png) => visitor.Page.EvaluateAsync<int>(
        """
        async base64 => {
          const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))], { type: 'image/png' }));
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context.drawImage(image, 0, 0);
          return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
        }
        """,
        Convert.ToBase64String(png));
}
