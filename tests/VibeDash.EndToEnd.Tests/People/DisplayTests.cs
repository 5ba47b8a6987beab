using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.People;

/// <summary>A screen at which nobody signs in.</summary>
public sealed class DisplayTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task A_display_is_paired_with_the_code_it_shows_and_then_shows_its_place_only()
    {
        var sensor = await SensorAsync();
        await sensor.PublishAsync("VB-1", 50, "Hall 1, Pump");
        await sensor.PublishAsync("VB-2", 60, "Hall 2, Pump");
        var display = await VisitorAsync(new() { ViewportSize = new() { Width = 1920, Height = 1080 } });
        display.ServerMayBeAway = true;
        await display.Page.Context.ClearCookiesAsync();
        await display.GoAsync();
        await display.Page.GetByRole(AriaRole.Link, new() { Name = "pair it as a display" }).ClickAsync();
        var code = await display.Page.GetByLabel("Code").InnerTextAsync();
        await display.PictureAsync("display-code", fullPage: false);

        var anna = await VisitorAtAsync("displays");
        await anna.Page.GetByLabel("Code").FillAsync(code);
        await anna.Page.GetByLabel("Where it hangs").FillAsync("Press shop");
        await anna.Page.GetByLabel("Shows only the places").FillAsync("Hall 1");
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Pair" }).ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Press shop is paired and shows the sensors at Hall 1");
        await anna.PictureAsync("display-paired", fullPage: true);

        // Without a touch.
        await display.IsLiveAsync();
        await Expect(display.Banner).ToContainTextAsync("VB-1");
        await Expect(display.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "VB-1" })).Not.ToHaveCountAsync(0);
        (await display.Page.ContentAsync()).ShouldNotContain("VB-2");
        await Expect(display.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" })).ToHaveCountAsync(0);
        await display.PictureAsync("display-live", fullPage: false);
        await sensor.PublishAsync("VB-3", 70, "Hall 1, Fan");
        await Expect(display.Banner).ToContainTextAsync("VB-3");

        await anna.OpenAsync("people");
        await anna.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Press shop" }).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await anna.Page.Locator(".confirm .is-danger").ClickAsync();
        await Expect(display.ConnectionState).ToHaveTextAsync("Signed out");
    }
}
