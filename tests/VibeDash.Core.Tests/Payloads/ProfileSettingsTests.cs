using VibeDash.Core.Payloads;

namespace VibeDash.Core.Tests.Payloads;

public sealed class ProfileSettingsTests
{
    [Fact]
    public void A_profile_says_in_words_how_it_is_set()
    {
        var shape = new JsonShape
        {
            Items = Path("$.samples[*]"),
            SensorId = new("", Path("$.dev")),
            Location = new("Hall 1"),
            Timestamp = Path("@.t"),
            EventId = Path("@.id"),
            Readings = [new("-x", Path("@.x"), new("g"), 2.5, null, 0.001), new("-y", Path("@.y"), new("", Path("$.unit")), 0, Path("@.b"), 1)],
        };
        const string Words = "each of $.samples[*]; -x: level @.x × 0.001 in g, baseline 2.5; -y: level @.y in $.unit, baseline @.b; sensor $.dev; location Hall 1; timestamp @.t (Iso8601); event id @.id";

        new JsonProfile(shape).Settings.ShouldBe(Words);
        new CloudEventsProfile(shape).Settings.ShouldBe(Words);
        new CloudEventsProfile(null).Settings.ShouldBe("");
        new VibrationRecordedProfile().Settings.ShouldBe("");
        new NumberProfile("VB-1", "Hall 1", "mm/s", 0, 2).Settings.ShouldBe("level × 2 in mm/s; baseline unknown; sensor VB-1; location Hall 1; measured on arrival");
        new NumberProfile(null, null, "g", 1.5, 1).Settings.ShouldBe("level in g; baseline 1.5; measured on arrival");
    }

    private static JsonPath Path(string text) => JsonPath.TryParse(text, out var path) ? path : throw new ArgumentException("Not a path.", nameof(text));
}
