using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.DeadLetters;

/// <summary>From a rejected message to its replay or deletion.</summary>
public sealed class DeadLetterTests(PublishedServer published, Chromium chromium) : DashboardTest(published, chromium)
{
    [Fact]
    public async Task A_message_that_is_no_reading_is_announced_explained_and_deleted_by_keyboard()
    {
        var sensor = await SensorAsync();
        var visitor = await VisitorAtAsync("");
        var main = visitor.Page.GetByRole(AriaRole.Main);

        await sensor.PublishAsync("VB-7", """{"note":"<b id=bold>bold</b>"}""");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "See why" }).ClickAsync();

        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = "A field is missing" })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Dead letters 1" })).ToBeVisibleAsync();
        await main.GetByRole(AriaRole.Button, new() { Name = "Message 1," }).ClickAsync();
        await Expect(main.GetByLabel("Payload")).ToContainTextAsync("<b id=bold>bold</b>");
        await Expect(visitor.Page.Locator("#bold")).ToHaveCountAsync(0);

        await main.GetByRole(AriaRole.Button, new() { Name = "Replay message 1" }).ClickAsync();
        await Expect(main.GetByText("Message 1 was rejected again: eventType is missing or blank.")).ToBeVisibleAsync();
        await Expect(main.GetByText("Replayed and rejected again once")).ToBeVisibleAsync();

        await main.GetByRole(AriaRole.Button, new() { Name = "Delete message 1" }).PressAsync("Enter");
        await Expect(main.GetByRole(AriaRole.Button, new() { Name = "Keep" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Shift+Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = "No dead letters" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Messages_that_came_too_early_become_readings_when_their_group_is_replayed_in_time()
    {
        // Simulates a server whose clock was slow and is corrected later.
        var sensor = await SensorAsync();
        var at = TimeProvider.System.GetUtcNow().AddMinutes(5).AddSeconds(10);
        await sensor.PublishAsync("VB-8", 4.2, at: at);
        await sensor.PublishAsync("VB-8", 4.3, at: at.AddMilliseconds(1));
        var visitor = await VisitorAtAsync("dead-letters?topic=sensors%2FVB-8%2Fvibration");
        var main = visitor.Page.GetByRole(AriaRole.Main);
        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = "Timestamp out of range" })).ToBeVisibleAsync();
        await Expect(main.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);

        while (TimeProvider.System.GetUtcNow().AddMinutes(5) < at.AddMilliseconds(1))
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        await main.GetByRole(AriaRole.Button, new() { Name = "Replay 2: “Timestamp out of range”" }).ClickAsync();

        await Expect(main.GetByText("Replayed: 2 of 2 messages. 2 accepted with 2 new readings stored, 0 rejected again.")).ToBeVisibleAsync();
        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = "No dead letters here" })).ToBeVisibleAsync();
        await visitor.OpenAsync();
        await Expect(main.GetByRole(AriaRole.Link, new() { Name = "VB-8" })).ToBeVisibleAsync();
    }
}
