using System.Text.RegularExpressions;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>Walks through every page of a plant that has something to show.</summary>
internal static partial class Pages
{
    /// <summary>Opens page after page and calls <paramref name="look"/> on each with the page's name, once its content is there.</summary>
    public static async Task WalkAsync(Visitor visitor, Sensor sensor, Func<string, Task> look)
    {
        var main = visitor.Page.GetByRole(AriaRole.Main);

        await visitor.OpenAsync();
        await Expect(main.GetByText("mosquitto_pub -h")).ToBeVisibleAsync();
        await look("fleet-empty");

        await Plant.RunAsync(sensor);
        await Plant.AcknowledgeAsync(visitor);

        await visitor.OpenAsync();
        await Expect(main.GetByRole(AriaRole.Link, new() { NameRegex = SensorId() })).ToHaveCountAsync(9);
        await look("fleet");

        await visitor.OpenAsync($"sensors/{Plant.Rising}");
        await Expect(main.GetByText(ReadingCount())).ToBeVisibleAsync();
        await Expect(visitor.Chart.Locator("svg").First).ToBeVisibleAsync();
        await look("sensor");

        await visitor.OpenAsync($"sensors/{Plant.Silent}?range=15m");
        await Expect(main.GetByRole(AriaRole.Link, new() { Name = "up to the latest reading" })).ToBeVisibleAsync();
        await look("sensor-silent");

        await visitor.OpenAsync("alerts");
        await Expect(main.GetByRole(AriaRole.Link, new() { Name = Plant.Cleared })).Not.ToHaveCountAsync(0);
        await look("alerts");

        await main.GetByRole(AriaRole.Row).Filter(new() { HasText = Plant.Acknowledged }).GetByRole(AriaRole.Button, new() { Name = "Journal" }).ClickAsync();
        await main.GetByRole(AriaRole.Link, new() { Name = "Link to this alert" }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Heading, new() { Level = 1, NameRegex = AlertNumber() })).ToBeVisibleAsync();
        await Expect(main.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Acknowledged" })).ToBeVisibleAsync();
        await look("alert");

        await visitor.OpenAsync("sources");
        await Expect(main.GetByRole(AriaRole.Article)).ToContainTextAsync("Listening");
        await Expect(main.GetByRole(AriaRole.Row).Filter(new() { HasText = "sensors/+/vibration" })).ToBeVisibleAsync();
        await look("connections");

        await visitor.OpenAsync();
        await visitor.AskToAcknowledgeAsync(Plant.Rising);
        await look("acknowledge");
    }

    [GeneratedRegex(@"^VB-\d+$")]
    private static partial Regex SensorId();

    [GeneratedRegex(@"^\d+ readings$")]
    private static partial Regex ReadingCount();

    [GeneratedRegex(@"^Alert \d+$")]
    private static partial Regex AlertNumber();
}
