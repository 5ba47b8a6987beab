using System.Text.RegularExpressions;
using VibeDash.Core.Payloads;

namespace VibeDash.Core.Tests.Payloads;

public sealed class MessageConditionTests
{
    [Theory]
    [InlineData("""{"rms":1,"port":2}""")]
    [InlineData("""{"rms":1,"port":"2"}""")]
    public void A_message_with_the_value_is_read(string json) => Profile(new MessageCondition(Parsing.Path("$.port"), ["1", "2"])).Parse(json).Accepted().Reading.Level.ShouldBe(1);

    [Theory]
    [InlineData("""{"rms":1,"port":20}""")]
    [InlineData("""{"rms":1,"port":null}""")]
    [InlineData("""{"rms":1}""")]
    [InlineData("""{"battery":3.6,"port":99}""")]
    [InlineData("""[]""")]
    public void Any_other_has_no_reading_and_is_no_fault(string json) => Profile(new MessageCondition(Parsing.Path("$.port"), ["1", "2"])).Parse(json).ShouldBeEmpty();

    [Fact]
    public void Without_words_the_value_must_exist()
    {
        var exists = new MessageCondition(Parsing.Path("$.rms"));

        Profile(exists).Parse("""{"rms":"x"}""").Single().Rejection.ShouldNotBeNull("it is read, and is no number");
        Profile(exists).Parse("""{"battery":3.6}""").ShouldBeEmpty();
    }

    [Fact]
    public void A_pattern_and_several_conditions_must_all_be_met()
    {
        var profile = Profile(new(Parsing.Path("$.type"), pattern: new Regex("^vib", RegexOptions.NonBacktracking)), new(Parsing.Path("$.ok"), ["true"]));

        profile.Parse("""{"rms":1,"type":"vibration","ok":true}""").Accepted();
        profile.Parse("""{"rms":1,"type":"vibration","ok":false}""").ShouldBeEmpty();
        profile.Parse("""{"rms":1,"type":"temperature","ok":true}""").ShouldBeEmpty();
        profile.Settings.ShouldStartWith("only when $.type matches ^vib; only when $.ok is true; ");
    }

    private static JsonProfile Profile(params MessageCondition[] when) => new(new JsonShape { Readings = [Parsing.Reading("$.rms")], When = when });
}
