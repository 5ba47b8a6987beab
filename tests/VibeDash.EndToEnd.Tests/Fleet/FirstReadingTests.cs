using System.Diagnostics;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Fleet;

/// <summary>From a sensor's MQTT message to an open page.</summary>
public sealed class FirstReadingTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    // Returns the time at which the text is on the page, in milliseconds of the wall clock shared by sensor and browser.
    private const string MomentOfAppearance =
        """
        text => new Promise(done => {
          const look = () => document.body.innerText.includes(text) && (observer.disconnect(), done(Date.now()));
          const observer = new MutationObserver(look);
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          look();
        })
        """;

    [Fact]
    public async Task The_seed_event_from_mosquitto_pub_appears_without_a_reload_and_raises_a_critical_alert()
    {
        var publisher = Programs.Find("mosquitto_pub");
        var visitor = await VisitorAtAsync("");
        await visitor.MarkAsync();
        var main = visitor.Page.GetByRole(AriaRole.Main);
        await Expect(visitor.Banner).ToBeHiddenAsync();

        using var mosquitto = Process.Start(
            publisher, ["-h", "127.0.0.1", "-p", $"{Server.BrokerPort}", "-q", "1", "-t", "sensors/VB-42345/vibration", "-m", Sensor.SeedEvent]);
        await mosquitto.WaitForExitAsync(TestContext.Current.CancellationToken);
        mosquitto.ExitCode.ShouldBe(0);

        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = "Motor Assembly Line B", Exact = true })).ToBeVisibleAsync();
        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = "Conveyor Unit 4", Exact = true })).ToBeVisibleAsync();
        var row = main.GetByRole(AriaRole.Listitem).Filter(new() { Has = visitor.Page.GetByRole(AriaRole.Link, new() { Name = "VB-42345" }) });
        await Expect(row).ToContainTextAsync("Critical");
        await Expect(row).ToContainTextAsync("12.5 m/s²");
        await Expect(row.GetByTitle("baseline of 4.00 m/s²")).ToContainTextAsync("3.1×");
        await Expect(visitor.Banner).ToContainTextAsync("Critical");
        await Expect(visitor.Banner).ToContainTextAsync("VB-42345");
        await Expect(visitor.Banner).ToContainTextAsync("12.5 m/s² over the threshold of 12.0 m/s²");
        await visitor.WasNotReloadedAsync();

        await row.GetByRole(AriaRole.Link, new() { Name = "VB-42345" }).ClickAsync();

        await Expect(main.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("VB-42345");
        await Expect(Fact(main, "Baseline")).ToHaveTextAsync("4.00 m/s²");
        await Expect(Fact(main, "Model")).ToHaveTextAsync("VibroMonitor Pro X1");
        await Expect(Fact(main, "Calibrated")).ToHaveTextAsync("2023-06-15");
        await Expect(main.GetByText("Motor Assembly Line B, Conveyor Unit 4")).ToBeVisibleAsync();
        await visitor.WasNotReloadedAsync();
    }

    [Fact]
    public async Task A_reading_is_on_the_page_soon_after_it_was_published()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-7", 4);
        var visitor = await VisitorAtAsync("");
        var delays = new List<double>();

        for (var i = 1; i <= 12; i++)
        {
            var level = 5 + (i / 100.0);
            var appearance = visitor.Page.EvaluateAsync<double>(MomentOfAppearance, $"{level:0.00}");
            var published = TimeProvider.System.GetUtcNow();
            await sensor.PublishAsync("VB-7", level);
            delays.Add(await appearance - published.ToUnixTimeMilliseconds());
        }

        delays.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"From publish to the page: fastest {delays[0]:0} ms, median {delays[delays.Count / 2]:0} ms, slowest {delays[^1]:0} ms.");
        delays[delays.Count / 2].ShouldBeLessThan(3000);
    }

    private static ILocator Fact(ILocator main, string term) =>
        main.GetByRole(AriaRole.Term).GetByText(term, new() { Exact = true }).Locator("xpath=following-sibling::dd");
}
