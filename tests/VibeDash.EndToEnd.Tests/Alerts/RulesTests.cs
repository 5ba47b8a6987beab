using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Alerts;

/// <summary>Rules created, changed and deleted in the browser, and the effect on alerts.</summary>
public sealed class RulesTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task A_rule_made_in_the_browser_is_evaluated_at_once_and_cleared_when_it_is_deleted()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 5);
        var anna = await VisitorAtAsync("rules/new");
        var main = anna.Page.GetByRole(AriaRole.Main);
        await main.GetByLabel("Name", new() { Exact = true }).FillAsync("Pump limit");
        await main.GetByLabel("Kind").SelectOptionAsync("LevelAbove");
        await main.GetByLabel("Unit", new() { Exact = true }).FillAsync("mm/s");
        await Expect(main.GetByText("mm/s is a velocity and m/s² an acceleration")).ToBeVisibleAsync();
        await main.GetByLabel("Unit", new() { Exact = true }).FillAsync("m/s²");
        var critical = main.GetByRole(AriaRole.Group, new() { Name = "Critical" });
        if (await critical.GetByRole(AriaRole.Checkbox).IsCheckedAsync())
            await critical.GetByRole(AriaRole.Checkbox).UncheckAsync();
        var warning = main.GetByRole(AriaRole.Group, new() { Name = "Warning" });
        await warning.GetByLabel("Threshold").FillAsync("6");
        await warning.GetByLabel("On-delay, readings").FillAsync("1");
        await main.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Link, new() { Name = "Pump limit", Exact = true })).ToBeVisibleAsync();

        await sensor.PublishAsync("VB-3", 6.5);
        await Expect(anna.Banner).ToContainTextAsync("6.50 m/s² over the threshold of 6.00 m/s²");

        await main.GetByRole(AriaRole.Button, new() { Name = "Delete Pump limit" }).ClickAsync();
        await main.GetByRole(AriaRole.Group, new() { Name = "Delete it? 1 open alert ends, because no rule evaluates it any more." }).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(anna.Banner).ToContainTextAsync("No rule evaluates this any more, changed by Anna Weber");
    }

    [Fact]
    public async Task What_is_wrong_is_marked_at_each_field_and_read_with_it()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 5);
        var anna = await VisitorAtAsync("rules/new");
        var main = anna.Page.GetByRole(AriaRole.Main);
        await main.GetByLabel("Kind").SelectOptionAsync("Change");
        await main.GetByLabel("When").SelectOptionAsync("State");
        await Expect(main.GetByText("Until it is reported, the machine counts as running, and the rule is evaluated.")).ToBeVisibleAsync();
        await main.GetByLabel("Window, min").FillAsync("0");

        await main.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();

        await Expect(main.GetByLabel("Name", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("The name must have 1 to 100 characters.");
        await Expect(main.GetByLabel("Window, min")).ToHaveAccessibleDescriptionAsync("The window must be longer than 0 and at most a day.");
        await Expect(main.GetByLabel("Threshold, m/s²")).ToHaveAccessibleDescriptionAsync("The threshold must be a finite number.");
        await Expect(main.Locator("[aria-invalid=true]")).ToHaveCountAsync(3);
        await anna.PictureAsync("rule-faults", fullPage: true);
        await anna.Page.SetViewportSizeAsync(390, 844);
        await anna.PictureAsync("rule-faults-phone", fullPage: true);
    }
}
