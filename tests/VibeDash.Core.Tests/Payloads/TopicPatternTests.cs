using VibeDash.Core.Payloads;

namespace VibeDash.Core.Tests.Payloads;

public sealed class TopicPatternTests
{
    [Theory]
    [InlineData("sensors/+/vibration", "sensors/VB-1/vibration", true)]
    [InlineData("sensors/+/vibration", "sensors//vibration", true)]
    [InlineData("sensors/+/vibration", "sensors/a/b/vibration", false)]
    [InlineData("sensors/+/vibration", "sensors/VB-1", false)]
    [InlineData("sensors/+/vibration", "sensors/VB-1/vibration/x", false)]
    [InlineData("sensors/+/vibration", "SENSORS/VB-1/vibration", false)]
    [InlineData("sensors/#", "sensors", true)]
    [InlineData("sensors/#", "sensors/a/b", true)]
    [InlineData("sensors/#", "sensor", false)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("#", "$SYS/uptime", false)]
    [InlineData("+/uptime", "$SYS/uptime", false)]
    [InlineData("$SYS/#", "$SYS/uptime", true)]
    [InlineData("+", "a", true)]
    [InlineData("+", "a/", false)]
    [InlineData("+/+", "/a", true)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a", false)]
    [InlineData("a", "a/b", false)]
    [InlineData("{site}/{sensor}", "hall/VB-1", true)]
    [InlineData("$share/vibedash/sensors/+", "sensors/VB-1", true)]
    [InlineData("$share/vibedash/sensors/+", "$share/vibedash/sensors/VB-1", false)]
    public void A_topic_matches_as_brokers_match_it(string filter, string topic, bool matches) => Parse(filter).Matches(topic).ShouldBe(matches);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a/#/b")]
    [InlineData("a/b#")]
    [InlineData("a+/b")]
    [InlineData("a/{}")]
    [InlineData("a/{x")]
    [InlineData("a/x{y}")]
    [InlineData("{x}/{x}")]
    [InlineData("{+}")]
    [InlineData("$share/group")]
    [InlineData("$share/+/a")]
    [InlineData("a\0b")]
    public void What_is_no_topic_filter_is_refused(string? text) => TopicPattern.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("plant/{site}/{line}/{machine}/{sensor}/rms", "plant/+/+/+/+/rms", "plant/north/line 2/pump/VB-1/rms", "VB-1", "north, line 2, pump")]
    [InlineData("{machine}/{hall}/{sensor}", "+/+/+", "pump/hall 1/VB-1", "VB-1", "hall 1, pump")]
    [InlineData("{sensor}/#", "+/#", "VB-1/a/b", "VB-1", null)]
    [InlineData("$share/g/{line}/{sensor}", "$share/g/+/+", "line 2/VB-1", "VB-1", "line 2")]
    [InlineData("a/+", "a/+", "a/b", null, null)]
    public void Named_levels_are_asked_for_as_wildcards_and_give_their_values(string text, string filter, string topic, string? sensor, string? location)
    {
        var pattern = Parse(text);

        pattern.Filter.ShouldBe(filter);
        pattern.Matches(topic).ShouldBeTrue();
        pattern.Read(topic).ShouldBe(new TopicValues(sensor, location));
        pattern.NamesSensor.ShouldBe(sensor is not null);
        pattern.Matches(pattern.Example("VB-1")).ShouldBeTrue();
    }

    private static TopicPattern Parse(string text)
    {
        TopicPattern.TryParse(text, out var pattern).ShouldBeTrue();
        return pattern!;
    }
}
