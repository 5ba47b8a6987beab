using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>Quality flags as gateways send them, with a real broker. The baseline is 2: Critical above 6.</summary>
public sealed class QualityTests : ServerTest
{
    // By the npm package sparkplug-payload 1.0.3: a birth with metrics of Quality 192, 0, 500, -2147483132, 0 without a value, and one without.
    private const string Birth =
        "CICUlMrKMxI/CghWaWIvZ29vZBABGICUlMrKMyAJSiMKB1F1YWxpdHkKB2VuZ1VuaXQSBQgDGMABEggIDEIEbW0vc2VeulFAEjgKB1ZpYi9iYWQgCkoiCgdlbmdVbml0CgdRdWFsaXR5EggIDEIEbW0vcxIECAMYAGkAAAAAAAD4PxI7" +
        "CglWaWIvc3RhbGUgCkojCgdRdWFsaXR5CgdlbmdVbml0EgUIAxj0AxIICAxCBG1tL3NpAAAAAAAABEASQQoMVmliL2lnbml0aW9uIApKJgoHUXVhbGl0eQoHZW5nVW5pdBIICAMYhISAgAgSCAgMQgRtbS9zaQAAAAAAAARAEjIKCFZp" +
        "Yi9udWxsIAo4AUoiCgdRdWFsaXR5CgdlbmdVbml0EgQIAxgAEggIDEIEbW0vcxItCgtWaWIvbm90aGluZyAKShMKB2VuZ1VuaXQSCAgMQgRtbS9zaQAAAAAAAARAGAE=";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string Key, string Value)[] Settings =
    [
        ("Sources:0:TopicFilter", "kepware/#"),
        ("Sources:0:Profile", "Json"),
        ("Sources:0:Items", "$.values[*]"),
        ("Sources:0:SensorId", "@.id"),
        ("Sources:0:Level", "@.v"),
        ("Sources:0:Quality", "@.q"),
        ("Sources:0:Timestamp", "@.t"),
        ("Sources:0:TimestampFormat", "UnixMilliseconds"),
        ("Sources:0:Unit", "mm/s"),
        ("Sources:0:Baseline", "2"),
        ("Sources:1:TopicFilter", "own/{sensor}"),
        ("Sources:1:Profile", "Json"),
        ("Sources:1:Level", "$.v"),
        ("Sources:1:Quality", "$.state"),
        ("Sources:1:GoodQuality:0", "1"),
        ("Sources:1:GoodQuality:1", "run-in"),
        ("Sources:1:Unit", "mm/s"),
        ("Sources:1:Baseline", "2"),
        ("Sources:2:TopicFilter", "spBv1.0/#"),
        ("Sources:2:Profile", "SparkplugB"),
        ("Sources:2:Baseline", "0.3"),
    ];

    [Fact]
    public async Task What_is_not_good_is_stored_and_drawn_apart_and_raises_and_hides_nothing()
    {
        await PublishAsync("kepware/1", Kepware(0, 2.5, true));
        await PublishAsync("kepware/1", Kepware(60, 25, false));
        await PublishAsync("kepware/1", """{"timestamp":1772366580000,"values":[{"id":"Pump.VB1","v":null,"q":false,"t":1772366580000}]}""");
        var status = await Server.WorkedOnAsync(3);

        (status.Stored, status.Late, status.Rejected).ShouldBe((3, 0, 0));
        var fleet = await Server.FleetAsync();
        fleet.OpenAlerts.ShouldBeEmpty();
        var sensor = fleet.Sensors.ShouldHaveSingleItem();
        (sensor.Level, sensor.Timestamp, sensor.Sparkline.Length).ShouldBe((2.5, Start, 1));

        var history = (await Server.GetAsync<TrendHistory>($"api/v1/sensors/Pump.VB1/history?from={Start.UtcDateTime:O}&to={Start.AddHours(1).UtcDateTime:O}"))!;
        history.Buckets.ShouldHaveSingleItem().ShouldBe(new TrendBucket(Start.ToUnixTimeMilliseconds(), 1, 2.5, 2.5, 2.5));
        history.NotGood.ShouldBe(
        [
            new(Start.AddMinutes(1).ToUnixTimeMilliseconds(), Start.AddMinutes(2).ToUnixTimeMilliseconds(), ReadingQuality.Bad),
            new(Start.AddMinutes(3).ToUnixTimeMilliseconds(), Start.AddMinutes(4).ToUnixTimeMilliseconds(), ReadingQuality.Bad),
        ]);

        var csv = await Server.Http.GetStringAsync(new Uri($"api/v1/sensors/Pump.VB1/readings.csv?from={Start.UtcDateTime:O}&to={Start.AddHours(1).UtcDateTime:O}", UriKind.Relative), TestContext.Current.CancellationToken);
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldEndWith(",quality");
        lines[1..].Select(line => (line.Split(',')[2], line.Split(',')[^1])).ShouldBe([("2.5", "good"), ("25", "bad"), ("0", "bad")]);

        // Another restart later it is the same, and a good reading raises at once.
        await RestartServerAsync();
        var again = (await Server.FleetAsync()).Sensors.ShouldHaveSingleItem();
        (again.Level, again.NotGoodSince, again.Quality).ShouldBe((2.5, Start.AddMinutes(1), ReadingQuality.Bad));
        await PublishAsync("kepware/1", Kepware(240, 25, true));
        await Eventually.TrueAsync(async () => (await Server.FleetAsync()).OpenAlerts is [{ Severity: Severity.Critical, Level: 25 }], "a good reading is evaluated");
        (await Server.FleetAsync()).Sensors.Single().NotGoodSince.ShouldBeNull();
    }

    [Fact]
    public async Task A_source_says_what_is_good()
    {
        await PublishAsync("own/A", """{"v":3,"state":1}""");
        await PublishAsync("own/B", """{"v":3,"state":"Run-In"}""");
        await PublishAsync("own/C", """{"v":3,"state":192}""");
        await PublishAsync("own/D", """{"v":3}""");
        await Server.WorkedOnAsync(4);

        (await Server.FleetAsync()).Sensors.OrderBy(sensor => sensor.SensorId).Select(sensor => (sensor.SensorId, sensor.Quality, sensor.NotGoodSince == sensor.Timestamp)).ShouldBe(
            [("A", ReadingQuality.Good, false), ("B", ReadingQuality.Good, false), ("C", ReadingQuality.Bad, true), ("D", ReadingQuality.Good, false)]);
        (await Server.GetAsync<SourceStatus[]>("api/v1/sources"))![1].Settings!.ShouldContain("quality $.state (good: 1, run-in)");
    }

    [Fact]
    public async Task Sparkplug_says_it_without_configuration()
    {
        var file = Path.Combine(Folder, "birth");
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(Birth), TestContext.Current.CancellationToken);
        await PublishFileAsync("spBv1.0/g/NBIRTH/n", file);
        await Server.WorkedOnAsync(6);
        (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.Select(letter => letter.Detail).ShouldBeEmpty();

        var fleet = await Server.FleetAsync();
        fleet.Sensors.OrderBy(sensor => sensor.SensorId).Select(sensor => (sensor.SensorId, sensor.Quality, sensor.NotGoodSince is null)).ShouldBe(
        [
            ("g:n:Vib-bad", ReadingQuality.Bad, false), ("g:n:Vib-good", ReadingQuality.Good, true), ("g:n:Vib-ignition", ReadingQuality.Stale, false),
            ("g:n:Vib-nothing", ReadingQuality.Good, true), ("g:n:Vib-null", ReadingQuality.Bad, false), ("g:n:Vib-stale", ReadingQuality.Stale, false),
        ]);
        fleet.OpenAlerts.Select(alert => alert.SensorId).ShouldBe(["g:n:Vib-good"]);
    }

    private protected override TestBroker CreateBroker() => new Mosquitto(extraSettings: [.. Settings, .. TestServer.KeepsAll]);

    // As the standard template of the IoT Gateway writes it.
    private static string Kepware(int second, double level, bool isGood)
    {
        var at = Start.AddSeconds(second).ToUnixTimeMilliseconds();
        return FormattableString.Invariant($$"""{"timestamp":{{at}},"values":[{"id":"Pump.VB1","v":{{level}},"q":{{(isGood ? "true" : "false")}},"t":{{at}}}]}""");
    }

    private Task PublishAsync(string topic, string payload) => PublishAsync(topic, "-m", payload);

    private Task PublishFileAsync(string topic, string file) => PublishAsync(topic, "-f", file);

    private async Task PublishAsync(string topic, string option, string value)
    {
        using var publisher = System.Diagnostics.Process.Start(Programs.Find("mosquitto_pub"), ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-q", "1", "-t", topic, option, value]);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        publisher.ExitCode.ShouldBe(0);
    }
}
