using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using MQTTnet;

namespace VibeDash.Benchmarks;

/// <summary>
/// Tasks of a page with eight live sensors and many alerts in a real browser, while it is zoomed, moved and brought back, compared to a task of known work.
/// A page feels slow when a task takes more than 100 ms. One JSON line for each layout.
/// </summary>
internal static class TrendBenchmark
{
    private const int Sensors = 8;
    private const int Ticks = 20;

    public static async Task RunAsync()
    {
        using var server = await PublishedServer.CreateAsync();
        foreach (var layout in new[] { "overlaid", "stacked" })
        {
            await using var scene = new Scene();
            await scene.StartBrokerAsync(Scene.PromiseSettings);
            await scene.StartServerAsync("vibedash", server.Assembly);
            using var sensor = new MqttClientFactory().CreateMqttClient();
            await sensor.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", scene.BrokerPort).Build());
            await PublishPastAsync(sensor);

            var others = string.Concat(Enumerable.Range(2, Sensors - 1).Select(i => $"&with=VB-{i}"));
            await using var live = await LivePage.OpenAsync(new Uri(scene.Site, $"sensors/VB-1?range=15m{others}{(layout == "stacked" ? "&layout=stacked" : "")}"));
            await live.Page.Locator(".trend-canvas .apexcharts-line-series path").Last.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await ShownAsync(live.Page, 3.9);

            var trace = await TaskTrace.StartAsync(live.Page);
            for (var tick = 1; tick <= Ticks; tick++)
            {
                var level = 4 + (0.1 * tick);
                await PublishAsync(sensor, TimeProvider.System.GetUtcNow(), level);
                if (tick % 5 == 0)
                    await ShownAsync(live.Page, level);
                await trace.DoReferenceAsync();
            }

            await NextRangeAsync(live.Page, () => DragAsync(live.Page));
            await NextRangeAsync(live.Page, () => live.Page.Keyboard.PressAsync("ArrowLeft"));
            await NextRangeAsync(live.Page, () => live.Page.Keyboard.PressAsync("End"));
            await live.Page.GetByRole(AriaRole.Button, new() { Name = "Hold" }).WaitForAsync();
            var (tasks, reference) = await trace.EndAsync();
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "trend",
                layout,
                tasks = tasks.Length,
                longest_task_ms = Math.Round(tasks[0].TotalMilliseconds),
                next_longest_ms = tasks.Skip(1).Take(4).Select(task => Math.Round(task.TotalMilliseconds)),
                known_work_ms = Math.Round(reference.TotalMilliseconds, 1),
                ratio = Math.Round(tasks[0] / reference, 1),
            }));
        }
    }

    // Newest minute first: late-arriving readings above a threshold cause alerts that have already ended, so there are many.
    private static async Task PublishPastAsync(IMqttClient sensor)
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var minute = 1; minute <= 15; minute++)
        {
            for (var second = 60; second >= 5; second -= 5)
                await PublishAsync(sensor, now.AddMinutes(1 - minute).AddSeconds(-second), minute % 2 == 0 ? 3.9 : 3, others: minute % 2 == 0 ? 9 : 3);
        }
    }

    private static async Task PublishAsync(IMqttClient sensor, DateTimeOffset at, double level, double others = 3)
    {
        for (var i = 1; i <= Sensors; i++)
            await SensorEvent.PublishAsync(sensor, $"VB-{i}", "Hall 1, Pump 1", at, i == 1 ? level : others);
    }

    // The maximum of the first sensor in the table below the chart.
    private static Task ShownAsync(IPage page, double level) => page.GetByRole(AriaRole.Row)
        .Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = "VB-1" }) })
        .GetByRole(AriaRole.Cell, new() { Name = $"{level.ToString("0.00", CultureInfo.InvariantCulture)} m/s²", Exact = true }).Last.WaitForAsync();

    private static async Task DragAsync(IPage page)
    {
        var plot = await page.EvaluateAsync<float[]>(
            """
            () => {
              const grid = document.querySelector('.trend-canvas .apexcharts-grid');
              grid.scrollIntoView({ block: 'center' });
              const box = grid.getBoundingClientRect();
              return [box.x, box.y + box.height / 2, box.width];
            }
            """);
        await page.Mouse.MoveAsync(plot[0] + (0.2f * plot[2]), plot[1]);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(plot[0] + (0.8f * plot[2]), plot[1], new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    // Performs an action that changes the range, and waits for the readings of the new one.
    private static async Task NextRangeAsync(IPage page, Func<Task> action) =>
        await page.RunAndWaitForRequestFinishedAsync(action, new() { Predicate = request => request.Url.Contains("/api/v1/history?", StringComparison.Ordinal) });
}
