using System.Diagnostics;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>Messages of every profile, published like by real senders; run against each kind of broker.</summary>
public abstract class SourcesTests : ServerTest
{
    private protected static readonly (string Key, string Value)[] Settings =
    [
        ("Sources:0:TopicFilter", "sensors/+/vibration"),
        ("Sources:1:TopicFilter", "plant/{site}/{line}/{machine}/{sensor}/rms"),
        ("Sources:1:Profile", "Number"),
        ("Sources:1:Unit", "mm/s"),
        ("Sources:1:Baseline", "2.8"),
        ("Sources:2:TopicFilter", "gw/+/up"),
        ("Sources:2:Profile", "Json"),
        ("Sources:2:SensorId", "$.dev.id"),
        ("Sources:2:Timestamp", "$.ts"),
        ("Sources:2:TimestampFormat", "UnixMilliseconds"),
        ("Sources:2:Unit", "g"),
        ("Sources:2:Multiplier", "0.001"),
        ("Sources:2:Readings:0:Suffix", "-x"),
        ("Sources:2:Readings:0:Level", "$.rms.x"),
        ("Sources:2:Readings:1:Suffix", "-y"),
        ("Sources:2:Readings:1:Level", "$.rms.y"),
        ("Sources:2:Readings:2:Suffix", "-z"),
        ("Sources:2:Readings:2:Level", "$.rms.z"),
        ("Sources:3:TopicFilter", "batch/{sensor}"),
        ("Sources:3:Profile", "json"),
        ("Sources:3:Items", "$.samples[*]"),
        ("Sources:3:Level", "@.v"),
        ("Sources:3:Timestamp", "@.t"),
        ("Sources:3:Unit", "$.unit"),
        ("Sources:4:TopicFilter", "ce/seed/#"),
        ("Sources:4:Profile", "CloudEvents"),
        ("Sources:5:TopicFilter", "ce/paths"),
        ("Sources:5:Profile", "CloudEvents"),
        ("Sources:5:SensorId", "$.subject"),
        ("Sources:5:Level", "$.data.rms"),
        ("Sources:5:Unit", "g"),
        ("Sources:6:TopicFilter", "lora/{sensor}/up"),
        ("Sources:6:Profile", "Json"),
        ("Sources:6:When:Path", "$.port"),
        ("Sources:6:When:Equals", "2"),
        ("Sources:6:Level", "$.decoded.rms"),
        ("Sources:6:Unit", "mm/s"),
    ];

    private const string Envelope = """ "specversion":"1.0","id":"ce-1","source":"/gw/1","type":"org.example.vibration" """;
    private static readonly string[] BinaryMode =
        ["-D", "publish", "content-type", "application/json", .. UserProperty("specversion", "1.0"), .. UserProperty("source", "/gw/1"), .. UserProperty("type", "org.example.vibration")];

    [Fact]
    public async Task Messages_that_do_not_meet_the_condition_of_their_source_are_counted_and_become_no_dead_letters()
    {
        for (var i = 0; i < 10; i++)
            await PublishAsync("lora/VB-6/up", """{"port":99,"decoded":{"battery":3.6}}""");
        await PublishAsync("lora/VB-6/up", """{"port":2,"decoded":{"rms":1.4}}""");
        await Server.WorkedOnAsync(1);

        (await Server.FleetAsync()).Sensors.ShouldHaveSingleItem().Level.ShouldBe(1.4);
        (await Server.FleetAsync()).Status.DeadLetters.ShouldBe(0);
        var source = (await Server.GetAsync<SourceStatus[]>("api/v1/sources"))!.Single(source => source.TopicFilter == "lora/{sensor}/up");
        (source.Accepted, source.Rejected, source.Ignored).ShouldBe((1, 0, 10));
    }

    [Fact]
    public async Task A_number_is_a_reading_of_the_sensor_and_place_that_its_topic_names()
    {
        await PublishAsync("plant/north/line 2/pump 4/VB-77/rms", "29.5");
        await Server.WorkedOnAsync(1);

        var sensor = (await Server.FleetAsync()).Sensors.ShouldHaveSingleItem();
        (sensor.SensorId, sensor.Facts.Location, sensor.Level, sensor.Baseline, sensor.Unit).ShouldBe(("VB-77", "north, line 2, pump 4", 29.5, 2.8, "mm/s"));
        (TimeProvider.System.GetUtcNow() - sensor.Timestamp).ShouldBeLessThan(TimeSpan.FromMinutes(1));
        (await Server.FleetAsync()).OpenAlerts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_message_with_two_good_readings_and_a_bad_one_stores_two_and_keeps_one_dead_letter()
    {
        const string Payload = """{"dev":{"id":"GW-1"},"ts":1772366400123,"rms":{"x":1500,"y":null,"z":"2500"}}""";
        await PublishAsync("gw/1/up", Payload);
        await PublishAsync("gw/1/up", Payload);

        var status = await Server.WorkedOnAsync(6);
        (status.Stored, status.Duplicates, status.Rejected).ShouldBe((2, 2, 2));
        (await Server.FleetAsync()).Sensors.Select(sensor => (sensor.SensorId, sensor.Level, sensor.Unit)).ShouldBe([("GW-1-x", 1.5, "g"), ("GW-1-z", 2.5, "g")], ignoreOrder: true);
        var letters = (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!;
        letters.ShouldAllBe(letter => letter.Topic == "gw/1/up" && letter.Reason == RejectionReason.MissingField && letter.Payload == Payload);
        letters[0].Detail.ShouldBe("Reading '-y': $.rms.y is missing.");
        (await SourcesAsync())[2].ShouldBe(new SourceStatus("gw/+/up", "Json", 4, 2)
        {
            Settings = "-x: level $.rms.x × 0.001 in g, baseline unknown; -y: level $.rms.y × 0.001 in g, baseline unknown; -z: level $.rms.z × 0.001 in g, baseline unknown; "
                + "sensor $.dev.id; timestamp $.ts (UnixMilliseconds)",
        });
    }

    [Fact]
    public async Task The_items_of_an_array_are_readings_and_an_empty_one_is_none()
    {
        await PublishAsync("batch/VB-5", """{"unit":"g","samples":[]}""");
        await PublishAsync("batch/VB-5", """{"unit":"g","samples":[{"t":"2026-03-01T12:00:00Z","v":1},{"t":"2026-03-01T12:00:01Z","v":1},{"t":"2026-03-01T12:00:02Z","v":3}]}""");

        (await Server.WorkedOnAsync(3)).Stored.ShouldBe(3);
        (await Server.FleetAsync()).Sensors.ShouldHaveSingleItem().Level.ShouldBe(3);
    }

    [Fact]
    public async Task A_cloud_event_comes_in_structured_and_in_binary_mode()
    {
        await PublishAsync("ce/seed/a", $$"""{ {{Envelope}}, "data":{{TestSensor.SeedEvent}} }""");
        await PublishAsync("ce/seed/b", TestSensor.SeedEvent, [.. BinaryMode, .. UserProperty("id", "ce-1")]);
        await PublishAsync("sensors/VB-42345/vibration", TestSensor.SeedEvent);

        // The same event, three times.
        var status = await Server.WorkedOnAsync(3);
        (status.Stored, status.Duplicates).ShouldBe((1, 2));

        string[] attributes = [.. BinaryMode, .. UserProperty("id", "ce-2"), .. UserProperty("subject", "VB-9"), .. UserProperty("time", "2026-03-01T12:00:00Z")];
        await PublishAsync("ce/paths", """{"rms":2.5}""", attributes);
        await PublishAsync("ce/paths", """{"rms":2.5}""", attributes);
        status = await Server.WorkedOnAsync(5);
        (status.Stored, status.Duplicates).ShouldBe((2, 3));
        var sensor = await Server.GetAsync<SensorSnapshot>("api/v1/sensors/VB-9");
        (sensor!.Level, sensor.Timestamp).ShouldBe((2.5, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));

        // Without a timestamp, its id identifies it as a duplicate.
        string[] timeless = [.. BinaryMode, .. UserProperty("id", "ce-3"), .. UserProperty("subject", "VB-9")];
        await PublishAsync("ce/paths", """{"rms":3.5}""", timeless);
        await PublishAsync("ce/paths", """{"rms":3.5}""", timeless);
        status = await Server.WorkedOnAsync(7);
        (status.Stored, status.Duplicates).ShouldBe((3, 4));
    }

    [Fact]
    public async Task The_profiles_in_force_are_told()
    {
        await PublishAsync("plant/a/b/c/VB-1/rms", "1");
        await PublishAsync("plant/a/b/c/VB-1/rms", "one");
        await Server.WorkedOnAsync(2);

        var sources = await SourcesAsync();
        sources.Select(source => source.Profile).ShouldBe(["VibrationRecorded", "Number", "Json", "Json", "CloudEvents", "CloudEvents", "Json"]);
        sources[1].ShouldBe(new SourceStatus("plant/{site}/{line}/{machine}/{sensor}/rms", "Number", 1, 1)
        {
            Settings = "level in mm/s; baseline 2.8; measured on arrival",
        });
    }

    private protected async Task<SourceStatus[]> SourcesAsync() => (await Server.GetAsync<SourceStatus[]>("api/v1/sources"))!;

    private static string[] UserProperty(string name, string value) => ["-D", "publish", "user-property", name, value];

    private async Task PublishAsync(string topic, string payload, params string[] properties)
    {
        using var publisher = Process.Start(
            Programs.Find("mosquitto_pub"),
            ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-V", properties.Length == 0 ? "mqttv311" : "mqttv5", "-q", "1", "-t", topic, "-m", payload, .. properties]);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        publisher.ExitCode.ShouldBe(0);
    }
}
