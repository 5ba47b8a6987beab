using System.Text;
using System.Text.Json;
using VibeDash.Core.Payloads;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Fuzz;

/// <summary>Every shape of external input.</summary>
internal static class FuzzedShapes
{
    public static readonly DateTimeOffset ReceivedAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private const string Envelope = """{"specversion":"1.0","id":"e-1","source":"/gw/1","type":"t","subject":"VB-1","time":"2026-03-01T11:59:59Z",""";
    private const string Items = """{"id":"GW-1","unit":"g","samples":[{"t":1772366398000,"x":1.5,"y":"2","n":1},{"t":"1772366398000.5","x":1,"y":2,"n":"b"}]}""";

    private static readonly string[] SeedEvents = [TestSensor.SeedEvent, TestSensor.Event(4, ReceivedAt.AddSeconds(-1))];
    private static readonly JsonElement Document = JsonDocument.Parse(Items).RootElement;

    private static readonly JsonShape ItemShape = new()
    {
        Items = Path("$.samples[*]"),
        Readings = [Reading("@.x", "-x"), Reading("@.y", "-y")],
        SensorId = new("", Path("$.id")),
        Location = new("", Path("$['at']")),
        Timestamp = Path("@.t"),
        TimestampFormat = TimestampFormat.UnixMilliseconds,
        EventId = Path("@.n"),
    };

    private static readonly JsonShape PlainShape = new()
    {
        Readings = [new("", Path("$.rms"), new("", Path("$.unit")), 0, Path("$.base"), 1000)],
        Timestamp = Path("$.ts"),
    };

    /// <summary>Name, valid examples, and the parser under test: it returns the fault of the outcome, or null.</summary>
    public static IReadOnlyList<(string Name, byte[][] Examples, Func<byte[], ValueTask<string?>> Parse)> All { get; } =
    [
        ("seed event", Bytes(SeedEvents), Profile(new VibrationRecordedProfile())),
        ("number", Bytes("12.5", "1e-3", " 7 "), Profile(new NumberProfile(null, null, "mm/s", 2.8, 1000))),
        ("JSON", Bytes("""{"rms":0.0125,"base":"0.004","unit":"mm/s","ts":"2026-03-01T11:00:00Z"}"""), Profile(new JsonProfile(PlainShape))),
        ("JSON, items of several readings", Bytes(Items), Profile(new JsonProfile(ItemShape))),
        ("CloudEvents, structured", Bytes([.. SeedEvents.Select(Structured), Encoded(TestSensor.SeedEvent)]), Profile(new CloudEventsProfile(null))),
        ("CloudEvents, structured, by paths", Bytes(Structured("""{"rms":2.5}""")), Profile(new CloudEventsProfile(new() { Readings = [Reading("$.data.rms", "")], SensorId = new("", Path("$.subject")) }))),
        ("CloudEvents, binary", Bytes(SeedEvents), Profile(new CloudEventsProfile(null), BinaryMode)),
        ("topic filter and path as configured", Bytes("plant/{site}/{line}/{machine}/{sensor}/rms", "$share/g/a/+/#", "$.a[0]['b c'].d[*]", "@[\"x\"]"), ConfiguredText),
        ("HTTP, JSON", Bytes([.. SeedEvents, $"[{TestSensor.SeedEvent},{TestSensor.SeedEvent}]"]), Body(PostedBody.Json)),
        ("HTTP, lines", Bytes($"{TestSensor.SeedEvent}\n{TestSensor.SeedEvent}\r\n\n"), Body(PostedBody.JsonLines)),
        ("HTTP, CloudEvents", Bytes(Structured(TestSensor.SeedEvent)), Body(PostedBody.CloudEventJson)),
        ("HTTP, batch of CloudEvents", Bytes($"[{Structured(TestSensor.SeedEvent)},{Encoded("{}")}]"), Body(PostedBody.CloudEventBatchJson)),
    ];

    private static Func<byte[], ValueTask<string?>> Profile(PayloadProfile profile, Func<byte[], SourceMessage>? message = null) => payload =>
    {
        // Other properties of the message are derived from its length: effectively random, yet reproducible.
        var read = (message?.Invoke(payload) ?? new("a/b", payload)) with { Redelivered = payload.Length % 2 == 0, Retained = payload.Length % 3 == 0, PacketId = (ushort)payload.Length };
        return new(Invariants.Fault(profile.Parse(read, new("VB-1", "Hall 1, Pump 1"), ReceivedAt), ReceivedAt));
    };

    // The text of the payload is also used as content type and in user properties, depending on its length.
    private static SourceMessage BinaryMode(byte[] payload)
    {
        var text = Encoding.UTF8.GetString(payload);
        return new("a/b", payload)
        {
            ContentType = (payload.Length % 4) switch { 0 => null, 1 => "application/json", 2 => text[..Math.Min(text.Length, 40)], _ => "text/plain" },
            UserProperties =
            [
                new("specversion", "1.0"), new("id", payload.Length % 5 == 0 ? text : "e-1"), new("source", "/gw/1"), new("type", "t"),
                new(payload.Length % 7 == 0 ? text : "subject", text[(text.Length / 2)..]),
            ],
        };
    }

    private static ValueTask<string?> ConfiguredText(byte[] payload)
    {
        var text = Encoding.UTF8.GetString(payload);
        if (TopicPattern.TryParse(text, out var pattern))
        {
            var example = pattern.Example("VB-1");
            if (pattern.Matches(example))
                _ = pattern.Read(example);
            if (pattern.Matches("plant/north/2/pump/VB-1/rms"))
                _ = pattern.Read("plant/north/2/pump/VB-1/rms");
        }

        if (JsonPath.TryParse(text, out var path))
        {
            if (path.Text != text)
                return new("path is not its text");
            _ = path.IsMany ? path.FindArray(Document) : path.Find(Document, Document);
        }

        return new((string?)null);
    }

    private static Func<byte[], ValueTask<string?>> Body(string contentType) => payload => PostedPayload.ParseAsync(contentType, payload, ReceivedAt);

    private static JsonPath Path(string text) => JsonPath.TryParse(text, out var path) ? path : throw new ArgumentException(text);

    private static JsonReading Reading(string level, string suffix) => new(suffix, Path(level), new("g"), 0, null, 1);

    private static string Structured(string data) => $$"""{{Envelope}}"data":{{data}}}""";

    private static string Encoded(string data) => $$"""{{Envelope}}"data_base64":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(data))}}"}""";

    private static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
