using System.Text.RegularExpressions;
using VibeDash.EndToEnd.Tests.Hosting;

namespace VibeDash.EndToEnd.Tests.Layout;

/// <summary>Visits every page of a plant with content.</summary>
internal static partial class Pages
{
    /// <summary>Opens all pages in turn and calls <paramref name="look"/> for each with its name, once its content is present.</summary>
    public static async Task WalkAsync(Visitor visitor, Sensor sensor, Func<string, Task> look)
    {
        var main = visitor.Page.GetByRole(AriaRole.Main);

        await visitor.OpenAsync();
        await Expect(main.GetByText("mosquitto_pub -h")).ToBeVisibleAsync();
        await look("fleet-empty");

        await visitor.OpenAsync("dead-letters");
        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = "No dead letters" })).ToBeVisibleAsync();
        await look("dead-letters-empty");

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

        await main.GetByRole(AriaRole.Row).Filter(new() { HasText = Plant.Acknowledged }).GetByRole(AriaRole.Button, new() { Name = "More: actions and journal" }).ClickAsync();
        await main.GetByRole(AriaRole.Link, new() { Name = "Link to this alert" }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Heading, new() { Level = 1, NameRegex = AlertNumber() })).ToBeVisibleAsync();
        await Expect(main.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Acknowledged" })).ToBeVisibleAsync();
        await look("alert");

        await visitor.OpenAsync("shelved");
        await Expect(main.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await look("shelved");

        await visitor.OpenAsync("rules");
        await Expect(main.GetByRole(AriaRole.Link, new() { Name = "Level against baseline", Exact = true })).ToBeVisibleAsync();
        await look("rules");

        await visitor.OpenAsync("rules/1");
        await Expect(main.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Level against baseline");
        await look("rule");

        await visitor.OpenAsync("backups");
        await Expect(main.GetByRole(AriaRole.Button, new() { Name = "Back up now" })).ToBeVisibleAsync();
        await look("backups");

        await visitor.OpenAsync("sources");
        await Expect(main.GetByRole(AriaRole.Article)).ToContainTextAsync("Listening");
        await Expect(main.GetByRole(AriaRole.Row).Filter(new() { HasText = "sensors/+/vibration" })).ToBeVisibleAsync();
        await look("connections");

        await visitor.OpenAsync("people");
        await main.GetByLabel("Name, recorded with every change").FillAsync("Tom Berger");
        await main.GetByLabel("First password").FillAsync("four words of a song");
        await main.GetByLabel("Sees and changes only").FillAsync("Hall 1\nHall 2, Line 1");
        await main.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await main.GetByText("Hall 1; Hall 2, Line 1").ClickAsync();
        await main.GetByLabel("What it is for").FillAsync("Gateway of hall 1");
        await main.GetByLabel("May publish over MQTT").FillAsync("sensors/+/vibration");
        await main.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Button, new() { Name = "I have it" })).ToBeVisibleAsync();
        await look("people");

        await visitor.OpenAsync("displays");
        await main.GetByLabel("Code").FillAsync(" ");
        await main.GetByLabel("Where it hangs").FillAsync("Press shop");
        await main.GetByRole(AriaRole.Button, new() { Name = "Pair" }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Alert)).ToContainTextAsync("Must be given");
        await look("displays");

        await visitor.OpenAsync("audit");
        await Expect(main.GetByRole(AriaRole.Row).Filter(new() { HasText = "MakeKey" })).Not.ToHaveCountAsync(0);
        await main.GetByText("Before and after").First.ClickAsync();
        await look("audit");

        await visitor.GoAsync("account");
        await Expect(main.GetByRole(AriaRole.Heading, new() { Name = "Second factor" })).ToBeVisibleAsync();
        await look("account");

        await LookAtDeadLettersAsync(visitor, sensor, look);

        await visitor.OpenAsync();
        await visitor.AskToAcknowledgeAsync(Plant.Rising);
        await look("acknowledge");
    }

    private static async Task LookAtDeadLettersAsync(Visitor visitor, Sensor sensor, Func<string, Task> look)
    {
        var main = visitor.Page.GetByRole(AriaRole.Main);
        await visitor.OpenAsync();
        await sensor.PublishAsync("VB-60001", """{"eventId":"7","eventType":"VibrationRecorded","timestamp":"2026-03-01T12:00:00Z","data":{"sensorId":"VB-60001","rms":2.5,"unit":"mm/s"}}""");
        await sensor.PublishAsync("VB-60001", """{"eventId":"8","eventType":"VibrationRecorded","timestamp":"2026-03-01T12:00:10Z","data":{"sensorId":"VB-60001","rms":2.6,"unit":"mm/s"}}""");
        await sensor.PublishAsync("VB-60002", [0x08, 0x96, 0x01, 0x12, 0xFF, 0x00, 0x56, 0x42, 0x2D, 0x36, 0x30, 0x30, 0x30, 0x32, 0x1D, 0x9A, 0x99, 0x99, 0x40]);
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "See why" })).ToBeVisibleAsync();
        await look("fleet-dead-letters");

        await visitor.OpenAsync("dead-letters");
        await Expect(main.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveCountAsync(2);
        await main.GetByRole(AriaRole.Button, new() { Name = "Show messages of “Not UTF-8 text”" }).ClickAsync();
        await main.GetByRole(AriaRole.Button, new() { Name = "Message 3," }).ClickAsync();
        await Expect(main.GetByLabel("Payload, bytes")).ToContainTextAsync("VB-60002");
        await main.GetByRole(AriaRole.Button, new() { Name = "Show messages of “A field is missing”" }).ClickAsync();
        await main.GetByRole(AriaRole.Button, new() { Name = "Message 2," }).ClickAsync();
        await Expect(main.GetByLabel("Payload", new() { Exact = true })).ToContainTextAsync("\"rms\": 2.6");
        await main.GetByRole(AriaRole.Button, new() { Name = "Replay all 2" }).ClickAsync();
        await Expect(main.GetByText("Replayed: 2 of 2 messages")).ToBeVisibleAsync();
        await main.GetByRole(AriaRole.Button, new() { Name = "Delete 2: “A field is missing”" }).ClickAsync();
        await look("dead-letters");
    }

    [GeneratedRegex(@"^VB-\d+$")]
    private static partial Regex SensorId();

    [GeneratedRegex(@"^\d+ readings$")]
    private static partial Regex ReadingCount();

    [GeneratedRegex(@"^Alert \d+$")]
    private static partial Regex AlertNumber();
}
