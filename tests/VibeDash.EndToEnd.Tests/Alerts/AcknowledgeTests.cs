using System.Text.RegularExpressions;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Alerts;

/// <summary>Acknowledging in one browser updates another.</summary>
public sealed partial class AcknowledgeTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task An_acknowledgement_with_its_note_shows_in_every_open_browser_at_once()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 45);
        var anna = await VisitorAtAsync("");
        var ben = await VisitorAtAsync("alerts");
        await ben.MarkAsync();
        var row = Row(ben, "VB-3");
        await Expect(row).ToContainTextAsync("Not acknowledged");

        await anna.AcknowledgeAsync("VB-3", "Bearing is warm, replacement ordered");

        await Expect(anna.Banner).ToContainTextAsync("Acknowledged, still open");
        await Expect(ben.Banner).ToContainTextAsync(JustNow());
        await Expect(ben.Banner).ToContainTextAsync("“Bearing is warm, replacement ordered”");
        await Expect(ben.Banner.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(row).ToContainTextAsync("Acknowledged");
        await Expect(row).ToContainTextAsync(JustNow());
        await Expect(row).ToContainTextAsync("Bearing is warm, replacement ordered");
        await ben.WasNotReloadedAsync();

        await ben.Page.ReloadAsync();
        await ben.IsLiveAsync();

        await Expect(ben.Banner).ToContainTextAsync("by Anna Weber");
        await Expect(Row(ben, "VB-3")).ToContainTextAsync("Bearing is warm, replacement ordered");
    }

    [Fact]
    public async Task The_name_is_asked_once()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 45);
        await sensor.PublishAsync("VB-4", 45);
        var anna = await VisitorAtAsync("");
        await anna.AcknowledgeAsync("VB-3", "First");
        await Expect(anna.Banner).ToContainTextAsync("“First”");

        await anna.AcknowledgeAsync("VB-4", "Second");

        await Expect(anna.Banner).ToContainTextAsync("“Second”");
        await Expect(anna.Banner).ToContainTextAsync(JustNow());
    }

    [Fact]
    public async Task Who_is_slower_is_told_who_was_faster()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 45);
        var anna = await VisitorAtAsync("");
        var ben = await VisitorAtAsync("");
        await ben.AskToAcknowledgeAsync("VB-3");

        await anna.AcknowledgeAsync("VB-3", "Mine");

        await Expect(ben.Dialog).ToContainTextAsync("Already acknowledged by Anna Weber");
        await Expect(ben.Dialog.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_page_of_an_alert_tells_its_story_while_it_happens()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 45);
        var visitor = await VisitorAtAsync("alerts/1");
        await visitor.MarkAsync();
        var journal = visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Listitem);
        await Expect(journal.Last).ToContainTextAsync("45.0 m/s² over the threshold of 12.0 m/s²");

        await visitor.AcknowledgeAsync("VB-3", "Looking at it");
        await Expect(journal.Last).ToContainTextAsync("by Anna Weber");
        await Expect(journal.Last).ToContainTextAsync("Looking at it");
        await sensor.PublishAsync("VB-3", 4);

        await Expect(journal.Last).ToContainTextAsync("Cleared");
        await Expect(visitor.Banner).ToBeHiddenAsync();
        await visitor.WasNotReloadedAsync();
    }

    private static ILocator Row(Visitor visitor, string sensorId) =>
        visitor.Page.GetByRole(AriaRole.Row).Filter(new() { Has = visitor.Page.GetByRole(AriaRole.Link, new() { Name = sensorId, Exact = true }) });

    [GeneratedRegex(@"Anna Weber\s*(just now|\d+ s ago)")]
    private static partial Regex JustNow();
}
