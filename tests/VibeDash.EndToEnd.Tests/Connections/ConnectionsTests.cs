using VibeDash.EndToEnd.Tests.Hosting;
using VibeDash.EndToEnd.Tests.Layout;

namespace VibeDash.EndToEnd.Tests.Connections;

/// <summary>A server with three brokers: the embedded one, the same again as an external broker with MQTT 3.1.1, and an unreachable one.</summary>
public sealed class ConnectionsTests : DashboardTest
{
    public ConnectionsTests(PublishedServer published, Chromium chromium)
        : base(published, chromium)
    {
        (string Key, string Value)[] settings =
        [
            ("Brokers:0:Name", "own"), ("Brokers:0:Port", $"{Server.BrokerPort}"),
            ("Brokers:1:Name", "line-b"), ("Brokers:1:Host", "127.0.0.1"), ("Brokers:1:Port", $"{Server.BrokerPort}"), ("Brokers:1:Protocol", "3.1.1"),
            ("Brokers:2:Name", "compressor-house"), ("Brokers:2:Host", "127.0.0.1"), ("Brokers:2:Port", $"{LoopbackPort.Free()}"),
            ("Sources:0:TopicFilter", "sensors/+/vibration"), ("Sources:0:Broker", "own"),
            ("Sources:1:TopicFilter", "plant/{site}/{line}/{machine}/{sensor}/rms"), ("Sources:1:Profile", "Number"), ("Sources:1:Unit", "mm/s"),
            ("Sources:1:Baseline", "2.8"), ("Sources:1:Broker", "line-b"),
            ("Sources:2:TopicFilter", "gw/+/up"), ("Sources:2:Profile", "Json"), ("Sources:2:SensorId", "$.dev.id"), ("Sources:2:Timestamp", "$.ts"),
            ("Sources:2:TimestampFormat", "UnixMilliseconds"), ("Sources:2:Unit", "g"), ("Sources:2:Multiplier", "0.001"),
            ("Sources:2:Readings:0:Suffix", "-x"), ("Sources:2:Readings:0:Level", "$.rms.x"),
            ("Sources:2:Readings:1:Suffix", "-y"), ("Sources:2:Readings:1:Level", "$.rms.y"),
        ];
        foreach (var (key, value) in settings)
            Server.Settings[key] = value;
    }

    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    public async Task Every_broker_tells_how_it_stands_with_it_and_counts_rise_while_one_looks(int width, int height, ColorScheme colours)
    {
        var visitor = await VisitorAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours });
        await visitor.OpenAsync("sources");
        await visitor.MarkAsync();
        var brokers = visitor.Page.GetByRole(AriaRole.Article);
        await Expect(brokers).ToHaveCountAsync(3);

        var sensor = await SensorAsync();
        await sensor.PublishSeedAsync();
        await sensor.PublishAsync("VB-2", "not an event");

        await Expect(brokers.Nth(0)).ToContainTextAsync("2 received");
        await Expect(brokers.Nth(0)).ToContainTextAsync("2 connected");
        await Expect(brokers.Nth(1)).ToContainTextAsync("MQTT 3.1.1, not encrypted");
        await Expect(brokers.Nth(1)).ToContainTextAsync("only the broker limits the messages in flight");
        await Expect(brokers.Nth(2)).ToContainTextAsync("Not connected");
        await Expect(brokers.Nth(2)).ToContainTextAsync("Connection refused.");
        await Expect(visitor.Page.GetByText("No connection to some MQTT brokers")).ToBeVisibleAsync();
        var source = visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "sensors/+/vibration" });
        await Expect(source.GetByRole(AriaRole.Link, new() { Name = "1 rejected of sensors/+/vibration" })).ToBeVisibleAsync();
        await visitor.WasNotReloadedAsync();

        await visitor.PictureAsync($"connections-several-{colours.ToString().ToLowerInvariant()}-{width}", fullPage: true);
        (await visitor.FindingsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_html_shows_the_brokers()
    {
        var visitor = await VisitorAsync(new() { JavaScriptEnabled = false });

        await visitor.GoAsync("sources");

        await Expect(visitor.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(3);
        await Expect(visitor.Page.GetByRole(AriaRole.Article).First).ToContainTextAsync("Listening");
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("level in mm/s");
    }
}
