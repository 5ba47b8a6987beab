using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Fleet;

/// <summary>A fleet much larger than the screen: invisible sensors cost nothing, and the difference is not noticeable.</summary>
public sealed class LargeFleetTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    private const int Places = 30;

    private const string ScrollToTheEnd =
        """
        async () => {
          while (scrollY + innerHeight < document.documentElement.scrollHeight - 1) {
            scrollBy(0, innerHeight);
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          }
        }
        """;

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1440, 900)]
    [InlineData(1920, 1080)]
    public async Task What_is_off_the_screen_is_skipped_and_takes_about_its_room(int width, int height)
    {
        var sensor = await SensorAsync();
        for (var place = 0; place < Places; place++)
        {
            for (var number = 0; number < 12; number++)
                await sensor.PublishAsync($"VB-{place:00}-{number:00}", 4, location: $"Hall {place + 1}, Pump {number / 2}");
        }

        var page = (await VisitorAtAsync("")).Page;
        await page.SetViewportSizeAsync(width, height);
        await Expect(page.Locator(".place")).ToHaveCountAsync(Places);
        (await page.EvaluateAsync<int>("() => [...document.querySelectorAll('.sensor-row')].filter(row => row.checkVisibility({ contentVisibilityAuto: true })).length"))
            .ShouldBeInRange(1, Places * 12 / 2);

        // Otherwise the scroll bar jumps while scrolling.
        var guessed = await LengthAsync();
        await page.EvaluateAsync(ScrollToTheEnd);
        var found = await LengthAsync();
        (guessed / found).ShouldBeInRange(0.9, 1.1);

        // Targets of a page search or link exist nevertheless.
        await page.GetByRole(AriaRole.Link, new() { Name = "VB-15-06" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("VB-15-06");

        Task<double> LengthAsync() => page.EvaluateAsync<double>("() => document.documentElement.scrollHeight");
    }
}
