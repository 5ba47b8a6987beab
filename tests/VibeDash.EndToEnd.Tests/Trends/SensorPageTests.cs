using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Trends;

/// <summary>The page of one sensor: its live trend and its history.</summary>
public sealed class SensorPageTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    // True when the plotted line, or a dot of it, reaches that share of the plot's height.
    private const string ClimbsTo =
        """
        least => {
          const plot = document.querySelector('figure .apexcharts-grid')?.getBoundingClientRect();
          return plot && [...document.querySelectorAll('figure :is(.apexcharts-line-series path, .trend-dot)')]
            .map(path => path.getBoundingClientRect())
            .some(box => box.width + box.height > 0 && plot.bottom - box.top >= least * plot.height);
        }
        """;

    [Fact]
    public async Task The_chart_moves_when_readings_arrive()
    {
        var sensor = await SensorAsync();
        var now = TimeProvider.System.GetUtcNow();
        for (var minute = 10; minute >= 1; minute--)
            await sensor.PublishAsync("VB-5", 4, at: now.AddMinutes(-minute));
        var visitor = await VisitorAtAsync("sensors/VB-5?range=15m");
        await visitor.MarkAsync();
        await Expect(Readings(visitor)).ToHaveTextAsync("10 readings");

        // The scale ends at 15: the baseline of 4 lies below a third of it, 7.5 in the middle.
        await LineReachesAsync(visitor, 0.25);
        (await visitor.Page.EvaluateAsync<bool>(ClimbsTo, 0.45)).ShouldBeFalse();

        await sensor.PublishAsync("VB-5", 7.5);

        await Expect(Readings(visitor)).ToHaveTextAsync("11 readings");
        await Expect(Figures(visitor)).ToContainTextAsync("Highest 7.50");
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("7.50 m/s²");
        await LineReachesAsync(visitor, 0.45);
        await visitor.WasNotReloadedAsync();
    }

    [Fact]
    public async Task A_longer_range_shows_older_readings()
    {
        var sensor = await SensorAsync();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var age in (TimeSpan[])[new(20, 0, 0, 0), new(3, 0, 0, 0), new(5, 0, 0), new(0, 40, 0), new(0, 2, 0)])
            await sensor.PublishAsync("VB-5", 4, at: now - age);
        var visitor = await VisitorAtAsync("sensors/VB-5");
        await visitor.MarkAsync();
        await Expect(Range(visitor, "1 h")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(Readings(visitor)).ToHaveTextAsync("2 readings");

        foreach (var (range, readings) in new[] { ("15 min", "1 reading"), ("24 h", "3 readings"), ("7 d", "4 readings"), ("30 d", "5 readings"), ("1 h", "2 readings") })
        {
            await Range(visitor, range).ClickAsync();
            await Expect(Range(visitor, range)).ToHaveAttributeAsync("aria-current", "true");
            await Expect(Readings(visitor)).ToHaveTextAsync(readings);
        }

        await visitor.WasNotReloadedAsync();
    }

    [Fact]
    public async Task Readings_of_long_ago_are_one_click_away()
    {
        var sensor = await SensorAsync();
        await sensor.PublishSeedAsync();
        var visitor = await VisitorAtAsync("sensors/VB-42345");
        var main = visitor.Page.GetByRole(AriaRole.Main);
        await Expect(Figures(visitor)).ToHaveTextAsync("No readings in this range.");

        await main.GetByRole(AriaRole.Link, new() { Name = "Show the 1 h up to the latest reading" }).ClickAsync();

        await Expect(Readings(visitor)).ToHaveTextAsync("1 reading");
        await Expect(Figures(visitor)).ToContainTextAsync("Highest 12.5");
        await LineReachesAsync(visitor, 0.75);
        await Expect(main.GetByRole(AriaRole.Region, new() { Name = "Alerts in this range" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "Critical" }))
            .ToBeVisibleAsync();

        await main.GetByRole(AriaRole.Link, new() { Name = "Back to live" }).ClickAsync();

        await Expect(Figures(visitor)).ToHaveTextAsync("No readings in this range.");
    }

    private static ILocator Figures(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Paragraph).Filter(new() { HasTextRegex = new("Lowest|No readings in this range") });

    private static ILocator Readings(Visitor visitor) => Figures(visitor).GetByText(new System.Text.RegularExpressions.Regex(@"^\d+ readings?$"));

    private static ILocator Range(Visitor visitor, string label) =>
        visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "Range" }).GetByRole(AriaRole.Link, new() { Name = label, Exact = true });

    private static async Task LineReachesAsync(Visitor visitor, double least) => await visitor.Page.WaitForFunctionAsync(ClimbsTo, least);
}
