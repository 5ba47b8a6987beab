using System.Globalization;
using System.Text.RegularExpressions;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Trends;

/// <summary>Navigation in a trend, comparison and export.</summary>
public sealed partial class TrendViewTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_stretch_dragged_over_is_zoomed_in_on_at_its_own_resolution_and_back_leads_out_again()
    {
        await PublishHourAsync("VB-1");
        var visitor = await VisitorAtAsync("sensors/VB-1?range=1h");
        await DrawnAsync(visitor);
        await visitor.MarkAsync();

        var zoomed = await visitor.AfterAsync(() => visitor.DragAsync(0.25, 0.75));

        zoomed.ShouldNotBeNull();
        (zoomed.Value.To - zoomed.Value.From).TotalMinutes.ShouldBeInRange(29, 31);
        await Expect(visitor.Page.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync(DateAndTime());
        await Expect(visitor.Page.GetByRole(AriaRole.Main).GetByText(new Regex("^(29|30|31) readings$"))).ToBeVisibleAsync();

        var closer = await visitor.AfterAsync(() => visitor.DragAsync(0.1, 0.3));
        (closer!.Value.To - closer.Value.From).TotalMinutes.ShouldBeInRange(5.5, 6.5);

        await visitor.Page.GoBackAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Main).GetByText(new Regex("^(29|30|31) readings$"))).ToBeVisibleAsync();
        visitor.Stretch().ShouldBe(zoomed);

        await visitor.Page.GoBackAsync();
        await Expect(visitor.Page.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync("-1h");
        await visitor.WasNotReloadedAsync();
    }

    [Fact]
    public async Task Mouse_and_keyboard_pan_and_zoom_and_return_to_live()
    {
        await PublishHourAsync("VB-1");
        var visitor = await VisitorAtAsync("sensors/VB-1?range=1h");
        await DrawnAsync(visitor);

        // Panning with Shift: the previous hour starts where the drag ended.
        await visitor.Page.Keyboard.DownAsync("Shift");
        var panned = await visitor.AfterAsync(() => visitor.DragAsync(0.2, 0.7));
        await visitor.Page.Keyboard.UpAsync("Shift");
        (panned!.Value.To - panned.Value.From).ShouldBe(Hour, TimeSpan.FromSeconds(1));
        (TimeProvider.System.GetUtcNow() - panned.Value.To).TotalMinutes.ShouldBeInRange(28, 33);

        // The chart was clicked: it receives keyboard and wheel input.
        var earlier = await visitor.AfterAsync(() => visitor.Page.Keyboard.PressAsync("ArrowLeft"));
        (panned.Value.From - earlier!.Value.From).TotalMinutes.ShouldBe(15, 0.1);

        var closer = await visitor.AfterAsync(() => visitor.Page.Keyboard.PressAsync("+"));
        (closer!.Value.To - closer.Value.From).TotalMinutes.ShouldBe(30, 0.1);

        var plot = await visitor.PlotAsync();
        await visitor.Page.Mouse.MoveAsync(plot.X + (plot.Width / 2), plot.Y + (plot.Height / 2));
        var wheeled = await visitor.AfterAsync(() => visitor.Page.Mouse.WheelAsync(0, 200));
        (wheeled!.Value.To - wheeled.Value.From).TotalMinutes.ShouldBeInRange(35, 50);

        (await visitor.AfterAsync(() => visitor.Page.Keyboard.PressAsync("Backspace"))).ShouldBe(closer);
        (await visitor.AfterAsync(() => visitor.Page.Keyboard.PressAsync("End"))).ShouldBeNull();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Hold" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Times_thresholds_and_alerts_stand_in_the_chart_and_follow_the_hand()
    {
        await PublishHourAsync("VB-1");
        var sensor = await SensorAsync();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var second in (int[])[-12, -6, 0])
            await sensor.PublishAsync("VB-1", 12.5, at: now.AddSeconds(second));
        var visitor = await VisitorAtAsync("sensors/VB-1?range=1h");
        await DrawnAsync(visitor);
        await Expect(visitor.Chart.Locator(".trend-spans path")).ToHaveCountAsync(1);
        (await visitor.Chart.Locator(".trend-marks text").AllTextContentsAsync()).ShouldBe(
            ["Baseline 4.00", "Warning 8.00", "Critical 12.0", "0", "3.00", "6.00", "9.00", "12.0", "15.0", "m/s²"], ignoreOrder: true);
        var plot = await visitor.PlotAsync();
        var (x, y) = (plot.X + (0.3f * plot.Width), plot.Y + (plot.Height / 2));

        await visitor.Page.Keyboard.DownAsync("Shift");
        await visitor.Page.Mouse.MoveAsync(x, y);
        await visitor.Page.Mouse.DownAsync();
        await visitor.Page.Mouse.MoveAsync(x + 10, y);
        var before = await TimesAsync(visitor);
        await visitor.Page.Mouse.MoveAsync(x + 110, y);
        var after = await TimesAsync(visitor);

        var both = before.Keys.Intersect(after.Keys, StringComparer.Ordinal).ToArray();
        both.Length.ShouldBeGreaterThan(5);
        both.ShouldAllBe(time => Math.Abs(after[time] - before[time] - 100) < 1, "by as much as the hand");
        await visitor.Page.Mouse.UpAsync();
        await visitor.Page.Keyboard.UpAsync("Shift");
    }

    [Fact]
    public async Task The_wheel_scrolls_past_a_chart_nobody_has_clicked()
    {
        await PublishHourAsync("VB-1");
        var visitor = await VisitorAtAsync("sensors/VB-1?range=1h");
        await DrawnAsync(visitor);
        var plot = await visitor.PlotAsync();
        await visitor.Page.Mouse.MoveAsync(plot.X + (plot.Width / 2), plot.Y + (plot.Height / 2));

        await visitor.Page.Mouse.WheelAsync(0, 100);

        await Expect(visitor.Chart.GetByText("Click the chart first")).ToBeVisibleAsync();
        visitor.Stretch().ShouldBeNull();
    }

    [Fact]
    public async Task Fingers_pan_and_pinch()
    {
        await PublishHourAsync("VB-1");
        var visitor = await VisitorAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true });
        await visitor.OpenAsync("sensors/VB-1?range=1h");
        await DrawnAsync(visitor);
        var plot = await visitor.PlotAsync();
        var touch = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        Task TouchAsync(string type, params double[] parts) => touch.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = parts.Select((part, id) => new { x = plot.X + (part * plot.Width), y = plot.Y + (plot.Height / 2), id }).ToArray(),
        });

        var panned = await visitor.AfterAsync(async () =>
        {
            await TouchAsync("touchStart", 0.2);
            foreach (var part in (double[])[0.3, 0.4, 0.5, 0.6, 0.7])
                await TouchAsync("touchMove", part);
            await TouchAsync("touchEnd");
        });
        (panned!.Value.To - panned.Value.From).ShouldBe(Hour, TimeSpan.FromSeconds(1));
        (TimeProvider.System.GetUtcNow() - panned.Value.To).TotalMinutes.ShouldBeInRange(20, 40);

        plot = await visitor.PlotAsync();
        var pinched = await visitor.AfterAsync(async () =>
        {
            await TouchAsync("touchStart", 0.4, 0.6);
            foreach (var part in (double[])[0.05, 0.1, 0.15, 0.2])
                await TouchAsync("touchMove", 0.4 - part, 0.6 + part);
            await TouchAsync("touchEnd");
        });
        (pinched!.Value.To - pinched.Value.From).TotalMinutes.ShouldBeInRange(15, 26);
    }

    [Fact]
    public async Task A_link_reopens_the_same_view()
    {
        await PublishHourAsync("VB-1", "VB-2");
        var now = TimeProvider.System.GetUtcNow();
        var (from, to) = (now.AddMinutes(-40).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), now.AddMinutes(-20).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        var visitor = await VisitorAsync(new() { TimezoneId = "Asia/Kolkata" });
        await visitor.OpenAsync($"sensors/VB-1?from={from}&to={to}&with=VB-2&layout=stacked&earlier=week&zone=utc");
        var main = visitor.Page.GetByRole(AriaRole.Main);

        await Expect(visitor.Chart.Locator(".trend-plot")).ToHaveCountAsync(2);
        await Expect(main.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync(from.Replace('T', ' ').TrimEnd('Z'));
        await Expect(main.GetByRole(AriaRole.Link, new() { Name = "Stacked" })).ToHaveAttributeAsync("aria-current", "true");
        await Expect(main.GetByRole(AriaRole.Link, new() { Name = "UTC", Exact = true })).ToHaveAttributeAsync("aria-current", "true");
        await Expect(main.GetByLabel("Compare with an earlier time")).ToHaveValueAsync("Week");
        await Expect(main.GetByRole(AriaRole.Rowheader, new() { Name = "VB-2" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_typed_range_is_shown_and_one_that_cannot_be_read_is_said_to_be_so()
    {
        await PublishHourAsync("VB-1");
        var visitor = await VisitorAtAsync("sensors/VB-1");
        await DrawnAsync(visitor);
        var form = visitor.Page.GetByRole(AriaRole.Form, new() { Name = "Range from and to" });

        await form.GetByLabel("From", new() { Exact = true }).FillAsync("yesterday");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not a valid range");

        await form.GetByLabel("From", new() { Exact = true }).FillAsync("-10m");
        await form.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(visitor.Page).ToHaveURLAsync(new Regex(@"range=10m$"));
        await Expect(visitor.Page.GetByRole(AriaRole.Main).GetByText(new Regex("^(9|10) readings$"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Sensors_are_added_and_removed_and_share_the_cursor()
    {
        await PublishHourAsync("VB-1", "VB-2");
        var visitor = await VisitorAtAsync("sensors/VB-1");
        await DrawnAsync(visitor);
        var main = visitor.Page.GetByRole(AriaRole.Main);

        await main.GetByText("Compare with…").ClickAsync();
        await main.GetByLabel("Find a sensor").FillAsync("vb-2");
        await main.GetByRole(AriaRole.Button, new() { Name = "VB-2", Exact = true }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Rowheader, new() { Name = "VB-2" })).ToBeVisibleAsync();
        await ColouredAsync(visitor, "--series-1", "--series-2");

        await main.GetByRole(AriaRole.Link, new() { Name = "Stacked" }).ClickAsync();
        await Expect(visitor.Chart.Locator(".trend-plot .apexcharts-line-series")).ToHaveCountAsync(2);
        await visitor.PointAtLatestReadingAsync();
        await Expect(visitor.ChartTooltip).ToContainTextAsync("VB-1");
        await Expect(visitor.ChartTooltip).ToContainTextAsync("VB-2");

        await main.GetByRole(AriaRole.Link, new() { Name = "Remove VB-2" }).ClickAsync();
        await Expect(visitor.Chart.Locator(".trend-plot")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_browser_that_turns_dark_has_the_trend_in_the_colours_of_the_dark()
    {
        await PublishHourAsync("VB-1");
        var visitor = await VisitorAtAsync("sensors/VB-1?range=1h");
        await DrawnAsync(visitor);
        await ColouredAsync(visitor, "--chart-line");

        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        await ColouredAsync(visitor, "--chart-line");
    }

    // Waits until the lines have the colours of these variables.
    private static async Task ColouredAsync(Visitor visitor, params string[] names) => await visitor.Page.WaitForFunctionAsync(
        """
        names => {
          const probe = document.querySelector('.trend-canvas').appendChild(document.createElement('i'));
          const numbers = colour => colour.match(/\d+/g)?.slice(0, 3).join(' ');
          const wanted = names.map(name => { probe.style.color = `var(${name})`; return numbers(getComputedStyle(probe).color); });
          probe.remove();
          const lines = [...document.querySelectorAll('.apexcharts-line-series .apexcharts-line')].map(line => numbers(line.getAttribute('stroke') ?? ''));
          return lines.join() === wanted.join();
        }
        """,
        names);

    private static Task DrawnAsync(Visitor visitor) => Expect(visitor.Chart.Locator(".apexcharts-line-series path").First).ToBeAttachedAsync();

    // Position of each time label below the chart, in pixels.
    private static async Task<Dictionary<string, double>> TimesAsync(Visitor visitor) => await visitor.Page.EvaluateAsync<Dictionary<string, double>>(
        "() => Object.fromEntries([...document.querySelectorAll('.trend-times text')].map(text => [text.textContent, Number(text.getAttribute('x'))]))");

    private async Task PublishHourAsync(params string[] sensors)
    {
        var sensor = await SensorAsync();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var id in sensors)
        {
            for (var minute = 59; minute >= 1; minute--)
                await sensor.PublishAsync(id, 4 + (minute % 5 * 0.1), at: now.AddMinutes(-minute));
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")]
    private static partial Regex DateAndTime();
}
