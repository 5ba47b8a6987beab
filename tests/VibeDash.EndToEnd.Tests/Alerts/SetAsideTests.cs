using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Alerts;

/// <summary>Shelved and out-of-service alerts require no action, are listed, and return.</summary>
public sealed class SetAsideTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task A_shelved_alert_leaves_every_banner_is_listed_with_its_reason_and_comes_back_when_it_is_unshelved()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 45);
        var anna = await VisitorAtAsync("alerts/1");
        var ben = await VisitorAtAsync("shelved");
        await Expect(ben.Banner).ToContainTextAsync("VB-3");

        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Shelve the Critical alert on VB-3" }).ClickAsync();
        await ShelveAsync(anna, "The spare comes on Monday");

        await Expect(anna.Banner).ToBeHiddenAsync();
        await Expect(ben.Banner).ToBeHiddenAsync();
        var row = ben.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "VB-3" });
        await Expect(row).ToContainTextAsync("The spare comes on Monday");
        await Expect(row).ToContainTextAsync("Anna Weber");
        await Expect(row).ToContainTextAsync("the condition holds");

        await row.GetByRole(AriaRole.Button, new() { Name = "Unshelve" }).ClickAsync();
        var dialog = ben.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Unshelve" }).ClickAsync();

        await Expect(anna.Banner).ToContainTextAsync("VB-3");
        await Expect(anna.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Listitem).Last).ToContainTextAsync("Anna Weber");
    }

    [Fact]
    public async Task A_kind_is_shelved_on_the_page_of_its_sensor_before_it_is_raised()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 4);
        var anna = await VisitorAtAsync("sensors/VB-3");

        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Shelve Level against baseline for this sensor" }).ClickAsync();
        await ShelveAsync(anna, "Trial run with an unbalanced rotor");
        await Expect(anna.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Shelved by Anna Weber until");
        await anna.PictureAsync("sensor-shelved-kind", fullPage: true);
        await anna.OpenAsync("shelved");
        var row = anna.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "VB-3" });
        await Expect(row).ToContainTextAsync("the condition does not hold");

        await sensor.PublishAsync("VB-3", 45);

        await Expect(row).ToContainTextAsync("45.0 m/s² over the threshold of 12.0 m/s²");
        await Expect(anna.Banner).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_machine_out_of_service_asks_nobody_until_it_is_returned()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-3", 4);
        await sensor.PublishAsync("VB-4", 4, "Hall 1, Pump 2");
        var anna = await VisitorAtAsync("shelved");
        var main = anna.Page.GetByRole(AriaRole.Main);
        await main.GetByLabel("Machine, with all its sensors").CheckAsync();
        await main.GetByRole(AriaRole.Combobox).SelectOptionAsync("Hall 1, Pump 1");
        await main.GetByLabel("Reason").FillAsync("New bearing");
        await main.GetByRole(AriaRole.Button, new() { Name = "Take out of service" }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Row).Filter(new() { HasText = "New bearing" })).ToContainTextAsync("by Anna Weber");

        await sensor.PublishAsync("VB-3", 45);
        await sensor.PublishAsync("VB-4", 45, "Hall 1, Pump 2");
        await Expect(anna.Banner).ToContainTextAsync("VB-4");
        await Expect(anna.Banner).Not.ToContainTextAsync("VB-3");

        await main.GetByRole(AriaRole.Button, new() { Name = "Return to service: Hall 1, Pump 1" }).ClickAsync();
        await Expect(anna.Banner).ToContainTextAsync("VB-3");
        await Expect(main.GetByText("Everything is in service.")).ToBeVisibleAsync();
    }

    private static async Task ShelveAsync(Visitor visitor, string reason)
    {
        var dialog = visitor.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("4 hours").CheckAsync();
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Shelve" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }
}
