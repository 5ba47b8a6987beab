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

    [Theory]
    [InlineData("a/#", "a/b", true, true)]
    [InlineData("a/#", "a", true, true)]
    [InlineData("a/#", "a/b/#", true, true)]
    [InlineData("a/#", "b", false, false)]
    [InlineData("a/+", "a/b", true, true)]
    [InlineData("a/{x}", "a/+", true, true)]
    [InlineData("a/+", "a/#", false, true)]
    [InlineData("a/+", "a/b/c", false, false)]
    [InlineData("a/b", "a/+", false, true)]
    [InlineData("a/+/c", "a/b/+", false, true)]
    [InlineData("a/+/c", "a/b/d", false, false)]
    [InlineData("a/+/#", "a/b/#", true, true)]
    [InlineData("a/b/#", "a", false, false)]
    [InlineData("#", "a/b", true, true)]
    [InlineData("#", "$SYS/#", false, false)]
    [InlineData("+/a", "$SYS/a", false, false)]
    [InlineData("$SYS/#", "$SYS/a", true, true)]
    [InlineData("$share/one/a/#", "$share/two/a/b", true, true)]
    [InlineData("$share/one/a/#", "a/b", true, true)]
    public void One_filter_takes_in_another_or_has_topics_in_common_with_it(string filter, string other, bool covers, bool overlaps)
    {
        Parse(filter).Covers(Parse(other)).ShouldBe(covers);
        Parse(filter).Overlaps(Parse(other)).ShouldBe(overlaps);
        Parse(other).Overlaps(Parse(filter)).ShouldBe(overlaps);
    }

    [Fact]
    public void What_a_filter_takes_in_it_matches_and_what_has_nothing_in_common_matches_nothing_in_common()
    {
        // All filters and topics of up to three levels over a small alphabet.
        string[] words = ["a", "b", "$x", "+"];
        var plain = Levels(words).ToArray();
        var filters = plain.Append("#").Concat(plain.Select(filter => filter + "/#")).Select(Parse).ToArray();
        var topics = plain.Where(topic => !topic.Contains('+', StringComparison.Ordinal)).Concat(["a/b/a/b", "$x/a/a/a", "b/b/b/b"]).ToArray();

        foreach (var one in filters)
        {
            foreach (var other in filters)
            {
                var inCommon = topics.Where(topic => one.Matches(topic) && other.Matches(topic)).ToArray();
                if (one.Covers(other))
                    inCommon.ShouldBe(topics.Where(topic => other.Matches(topic)), $"{one.Text} takes in {other.Text}");
                if (!one.Overlaps(other))
                    inCommon.ShouldBeEmpty($"{one.Text} and {other.Text}");
                else if (one.Text.Count(c => c == '/') < 3 && other.Text.Count(c => c == '/') < 3)
                    inCommon.ShouldNotBeEmpty($"{one.Text} and {other.Text}");
            }
        }
    }

    [Fact]
    public void The_group_of_a_shared_subscription_is_told()
    {
        Parse("$share/plant/a/#").Share.ShouldBe("$share/plant");
        Parse("a/#").Share.ShouldBeNull();
    }

    private static IEnumerable<string> Levels(string[] words) =>
        words.Concat(words.SelectMany(first => words.Select(second => $"{first}/{second}")))
            .Concat(words.SelectMany(first => words.SelectMany(second => words.Select(third => $"{first}/{second}/{third}"))));

    private static TopicPattern Parse(string text)
    {
        TopicPattern.TryParse(text, out var pattern).ShouldBeTrue();
        return pattern!;
    }
}
