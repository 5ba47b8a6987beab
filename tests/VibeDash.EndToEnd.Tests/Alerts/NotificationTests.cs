using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Alerts;

/// <summary>Notifications, within the limits of a browser without a desktop: shown notifications are recorded by the page.</summary>
public sealed class NotificationTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    private const string Watching =
        """
        window.shown = [];
        window.Notification = class extends Notification {
          constructor(title, options) {
            super(title, options);
            this.addEventListener('show', () => window.shown.push(`${title}: ${options.body}`));
          }
        };
        """;

    [Fact]
    public async Task Notifications_are_shown_once_they_are_allowed_and_still_after_a_reload()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 4);
        var anna = await WatcherAsync("notifications");
        await anna.OpenAsync("alerts");
        await sensor.PublishAsync("VB-3", 45);
        await Expect(anna.Banner).ToContainTextAsync("VB-3");

        await anna.Page.GetByLabel("Browser notifications").CheckAsync();
        await sensor.PublishAsync("VB-4", 45);
        await ShownAsync(anna, "Critical: VB-4: ");

        await anna.OpenAsync("alerts");
        await Expect(anna.Page.GetByLabel("Browser notifications")).ToBeCheckedAsync();
        await sensor.PublishAsync("VB-5", 45);
        await ShownAsync(anna, "Critical: VB-5: ");

        await anna.Page.GetByLabel("Browser notifications").UncheckAsync();
        await sensor.PublishAsync("VB-6", 45);
        await Expect(anna.Banner).ToContainTextAsync("VB-6");
        (await anna.Page.EvaluateAsync<int>("() => window.shown.length")).ShouldBe(1);
    }

    [Fact]
    public async Task A_browser_that_does_not_allow_them_says_so()
    {
        var anna = await WatcherAsync();
        await anna.OpenAsync("alerts");

        await anna.Page.GetByLabel("Browser notifications").ClickAsync();

        await Expect(anna.Page.GetByText("The browser blocks notifications: see its settings for this site.")).ToBeVisibleAsync();
        await Expect(anna.Page.GetByLabel("Browser notifications")).Not.ToBeCheckedAsync();
    }

    private async Task<Visitor> WatcherAsync(params string[] permissions)
    {
        var visitor = await VisitorAsync(new() { Permissions = permissions });
        await visitor.Page.AddInitScriptAsync(Watching);
        return visitor;
    }

    private static Task<IJSHandle> ShownAsync(Visitor visitor, string start) =>
        visitor.Page.WaitForFunctionAsync("start => window.shown.length === 1 && window.shown[0].startsWith(start)", start);
}
