using System.Text;
using CsCheck;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Core.Tests.Readings;

namespace VibeDash.Core.Tests.Payloads;

public sealed class PayloadProfileProperties
{
    private static readonly JsonShape Shape = new()
    {
        Items = Parsing.Path("$.samples[*]"),
        Readings = [Parsing.Reading("@.x", "-x"), Parsing.Reading("@.y", "-y", multiplier: 10)],
        SensorId = new("", Parsing.Path("$.id")),
        Timestamp = Parsing.Path("@.t"),
        TimestampFormat = TimestampFormat.UnixMilliseconds,
        EventId = Parsing.Path("@.n"),
    };

    private static readonly (PayloadProfile Profile, string Example)[] Profiles =
    [
        (new VibrationRecordedProfile(), SeedEvent.Text),
        (new NumberProfile(null, null, "mm/s", 1, 2), "12.5e-1"),
        (new JsonProfile(Shape), """{"id":"GW-1","samples":[{"t":1772366398000,"x":1.5,"y":"2","n":1},{"t":"1772366398000","x":1,"y":2,"n":"b"}]}"""),
        (new CloudEventsProfile(null), $$"""{"specversion":"1.0","id":"e-1","source":"/gw/1","type":"t","data":{{SeedEvent.Text}}}"""),
        (new CloudEventsProfile(new JsonShape { Readings = [Parsing.Reading("$.data.rms")] }), """{"specversion":"1.0","id":"e-1","source":"/gw/1","type":"t","time":"2026-03-01T11:59:59Z","data":{"rms":2.5}}"""),
        (new CloudEventsProfile(null), $$"""{"specversion":"1.0","id":"e-1","source":"/gw/1","type":"t","data_base64":"{{Convert.ToBase64String(SeedEvent.Bytes)}}"}"""),
        (new StatusProfile(null, null, StatusProfile.DefaultOnline, StatusProfile.DefaultOffline), "offline"),
        (new StatusProfile(new("", Parsing.Path("$.id")), Parsing.Path("$.state"), ["up"], ["down"]), """{"id":"VB-1","state":"down"}"""),
    ];

    private static readonly Gen<string> Text = Gen.OneOf(Gen.Const("specversion"), Gen.Const("1.0"), Gen.Const("id"), Gen.Const("data"), Gen.Const("type"), Gen.Const("source"), Gen.Char.Array[0, 20].Select(chars => new string(chars)));

    private static readonly Gen<(int At, byte Value, int Kind)[]> Mutations = Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 2]).Array[0, 6];

    [Fact]
    public void Random_bytes_and_topics_give_events_or_rejections_and_never_throw() =>
        Gen.Select(Gen.Int[0, Profiles.Length - 1], Gen.Byte.Array[0, 120], Text, Text).Sample((profile, payload, sensor, location) =>
            GivesOneOfBoth(Profiles[profile].Profile, new("a/b", payload), new(sensor, location)));

    [Fact]
    public void Random_changes_to_good_payloads_give_events_or_rejections() =>
        Gen.Select(Gen.Int[0, Profiles.Length - 1], Mutations, Gen.Bool, Gen.Bool).Sample(
            (profile, mutations, redelivered, retained) => GivesOneOfBoth(
                Profiles[profile].Profile,
                new("a/b", Mutate(Encoding.UTF8.GetBytes(Profiles[profile].Example), mutations)) { Redelivered = redelivered, Retained = retained },
                new("VB-1", null)),
            iter: 20_000);

    [Fact]
    public void Random_user_properties_give_events_or_rejections() =>
        Gen.Select(Gen.Int[3, Profiles.Length - 1], Gen.Select(Text, Text).Array[0, 8], Text, Gen.Bool).Sample(
            (profile, properties, contentType, typed) => GivesOneOfBoth(
                Profiles[profile].Profile,
                Parsing.Message(SeedEvent.Text) with
                {
                    ContentType = typed ? contentType : null,
                    UserProperties = [new("specversion", "1.0"), .. properties.Select(property => KeyValuePair.Create(property.Item1, property.Item2))],
                },
                new("VB-1", null)),
            iter: 5_000);

    [Fact]
    public void Random_texts_are_paths_and_filters_or_not_and_never_throw() => Gen.Char["$@.[]*'\"\\a1 {}+#/"].Array[0, 12].Sample(chars =>
    {
        var text = new string(chars);
        if (JsonPath.TryParse(text, out var path))
            path.Text.ShouldBe(text);
        if (TopicPattern.TryParse(text, out var pattern) && !pattern.Text.StartsWith('$'))
            pattern.Matches(pattern.Example("VB-1")).ShouldBeTrue(text);
    });

    private static void GivesOneOfBoth(PayloadProfile profile, SourceMessage message, TopicValues topic)
    {
        foreach (var outcome in profile.Parse(message, topic, Parsing.ReceivedAt))
        {
            new object?[] { outcome.Event, outcome.Rejection, outcome.StatusChange }.Count(part => part is not null).ShouldBe(1);
            if (outcome.Event is not { } accepted)
                continue;

            // Accepted readings satisfy the invariants of the rest of the system.
            var reading = accepted.Reading;
            SensorId.IsValid(reading.SensorId).ShouldBeTrue();
            reading.Level.ShouldBeInRange(0, Reading.MaximumLevel);
            reading.Baseline.ShouldBeInRange(0, Reading.MaximumLevel);
            reading.Timestamp.Offset.ShouldBe(TimeSpan.Zero);
            (reading.Timestamp.UtcTicks % TimeSpan.TicksPerMicrosecond).ShouldBe(0);
            reading.Timestamp.ShouldBeInRange(VibrationEventParser.EarliestTimestamp, Parsing.ReceivedAt + VibrationEventParser.MaximumLead);
            reading.EventId.Length.ShouldBeInRange(1, VibrationEventParser.MaximumIdLength);
            reading.Unit.Length.ShouldBeInRange(1, VibrationEventParser.MaximumUnitLength);
            accepted.Facts.Location.Length.ShouldBeLessThanOrEqualTo(VibrationEventParser.MaximumTextLength);
        }
    }

    private static byte[] Mutate(byte[] payload, (int At, byte Value, int Kind)[] mutations)
    {
        var bytes = payload.ToList();
        foreach (var (at, value, kind) in mutations)
        {
            var index = at % bytes.Count;
            switch (kind)
            {
                case 0: bytes[index] = value; break;
                case 1: bytes.Insert(index, value); break;
                default: bytes[index] = bytes[(index + value) % bytes.Count]; break;
            }
        }

        return [.. bytes];
    }
}
