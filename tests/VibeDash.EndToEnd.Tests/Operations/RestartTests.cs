using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Operations;

/// <summary>A wall display survives a restart of the server.</summary>
public sealed class RestartTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task Open_pages_say_that_the_server_is_gone_and_recover_by_themselves_with_history_intact()
    {
        var sensor = await SensorAsync();
        var now = TimeProvider.System.GetUtcNow();
        for (var minute = 5; minute >= 1; minute--)
            await sensor.PublishAsync("VB-6", minute == 1 ? 45 : 4, at: now.AddMinutes(-minute));
        var fleet = await VisitorAtAsync("");
        var trend = await VisitorAtAsync("sensors/VB-6");
        var visitors = new[] { fleet, trend };
        await fleet.AcknowledgeAsync("VB-6", "Known");
        await Expect(trend.Page.GetByText("5 readings", new() { Exact = true })).ToBeVisibleAsync();
        foreach (var visitor in visitors)
        {
            await visitor.MarkAsync();
            visitor.ServerMayBeAway = true;
        }

        await Server.StopAsync();

        foreach (var visitor in visitors)
        {
            await Expect(visitor.ConnectionState).ToContainTextAsync("Reconnecting");
            await Expect(visitor.Page.GetByText("No connection to the VibeDash server.")).ToBeVisibleAsync();

            // Known data stays readable.
            await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("45.0 m/s²");
        }

        await trend.PictureAsync("server-gone", fullPage: true);

        await Server.StartAsync();

        foreach (var visitor in visitors)
        {
            await visitor.IsLiveAsync();
            visitor.ServerMayBeAway = false;
            await Expect(visitor.Page.GetByText("No connection to the VibeDash server.")).ToBeHiddenAsync();
            await Expect(visitor.Banner).ToContainTextAsync("by Anna Weber");
        }

        await Expect(trend.Page.GetByText("5 readings", new() { Exact = true })).ToBeVisibleAsync();

        var afterwards = await SensorAsync();
        await afterwards.PublishAsync("VB-6", 46.5);

        await Expect(trend.Page.GetByText("6 readings", new() { Exact = true })).ToBeVisibleAsync();
        foreach (var visitor in visitors)
        {
            await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("46.5 m/s²");
            await visitor.WasNotReloadedAsync();
        }

        // One alert before and after: neither lost nor raised again.
        await fleet.OpenAsync("alerts");
        await Expect(fleet.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "VB-6" })).ToHaveCountAsync(1);
    }
}
