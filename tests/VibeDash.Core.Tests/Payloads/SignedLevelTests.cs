using System.Text;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Core.Sparkplug;
using VibeDash.Core.Tests.Readings;

namespace VibeDash.Core.Tests.Payloads;

/// <summary>A negative level in every profile that has levels, by what its source says about signs.</summary>
public sealed class SignedLevelTests
{
    private const string Refused = "must not be negative, unless its source has Absolute or Signed.";

    private static readonly string Seed = Encoding.UTF8.GetString(SeedEvent.With("data.vibrationLevel", "-12.5"));

    public static TheoryData<string, LevelSign, double?> Signs => new(
        from profile in (string[])["VibrationRecorded", "Number", "Json", "CloudEvents", "CloudEvents by paths", "SparkplugB"]
        from sign in (LevelSign[])[LevelSign.NotNegative, LevelSign.Absolute, LevelSign.AsSent]
        select (profile, sign, sign switch { LevelSign.Absolute => 12.5, LevelSign.AsSent => -12.5, _ => (double?)null }));

    [Theory]
    [MemberData(nameof(Signs))]
    public void A_negative_level_is_refused_or_stored_as_its_source_says(string profile, LevelSign sign, double? level)
    {
        var outcome = Read(profile, sign, "-12.5").ShouldHaveSingleItem();

        (outcome.Event?.Reading.Level).ShouldBe(level);
        if (level is null)
            (outcome.Rejection!.Reason, outcome.Rejection.Detail.EndsWith(Refused, StringComparison.Ordinal)).ShouldBe((RejectionReason.InvalidNumber, true), outcome.Rejection.Detail);
        else
            outcome.Rejection.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Signs))]
    public void A_positive_level_and_zero_stay_as_they_are(string profile, LevelSign sign, double? level)
    {
        level.ShouldNotBe(0);
        Read(profile, sign, "12.5").Accepted().Reading.Level.ShouldBe(12.5);
        var zero = Read(profile, sign, "-0.0").Accepted().Reading.Level;
        (zero, double.IsNegative(zero)).ShouldBe((0, false));
        Read(profile, sign, "-1.1e12").Rejected().Detail.ShouldContain("1,000,000,000,000");
    }

    [Theory]
    [InlineData(LevelSign.Absolute, 4)]
    [InlineData(LevelSign.AsSent, 0)]
    public void A_negative_baseline_is_its_magnitude_or_unknown(LevelSign sign, double baseline)
    {
        var shape = new JsonShape { Readings = [new("", Parsing.Path("$.v"), new("g"), 0, Parsing.Path("$.b"), 1)], Sign = sign };
        new JsonProfile(shape).Parse("""{"v":-5,"b":-4}""").Accepted().Reading.Baseline.ShouldBe(baseline);
        VibrationEventParser.TryParse(SeedEvent.With("data.baselineVibrationLevel", "-4"), SeedEvent.ReceivedAt, out var seed, out _, sign: sign).ShouldBeTrue();
        seed.Reading.Baseline.ShouldBe(baseline);
    }

    [Theory]
    [InlineData(LevelSign.AsSent, "-16.5", false)]
    [InlineData(LevelSign.AsSent, "8.5", true)]
    [InlineData(LevelSign.Absolute, "8.5", false)]
    [InlineData(LevelSign.Absolute, "-16.5", false)]
    [InlineData(LevelSign.Absolute, "9.5", true)]
    public void The_difference_of_a_sender_is_that_of_the_numbers_it_sends_or_of_those_stored(LevelSign sign, string difference, bool isSuspect)
    {
        var payload = Seed.Replace("8.5", difference, StringComparison.Ordinal);

        new VibrationRecordedProfile(sign).Parse(payload).Accepted().Reading.IsSuspect.ShouldBe(isSuspect);
    }

    [Fact]
    public void The_settings_say_it()
    {
        new NumberProfile(null, null, "g", 0, 1, LevelSign.AsSent).Settings.ShouldBe("level in g; baseline unknown; signed; measured on arrival");
        new VibrationRecordedProfile(LevelSign.Absolute).Settings.ShouldBe("absolute");
        new CloudEventsProfile(null, LevelSign.AsSent).Settings.ShouldBe("signed");
        new JsonProfile(new JsonShape { Readings = [Parsing.Reading("$.v")], Sign = LevelSign.Absolute }).Settings.ShouldBe("level $.v in g, baseline unknown; absolute; measured on arrival");
    }

    private static ReadingOutcome[] Read(string profile, LevelSign sign, string level) => profile switch
    {
        "VibrationRecorded" => new VibrationRecordedProfile(sign).Parse(Seed.Replace("-12.5", level, StringComparison.Ordinal)),
        "Number" => new NumberProfile(null, null, "g", 0, 1, sign).Parse(level),
        "Json" => new JsonProfile(new JsonShape { Readings = [Parsing.Reading("$.v")], Sign = sign }).Parse($$"""{"v":{{level}} }"""),
        "CloudEvents" => new CloudEventsProfile(null, sign).Parse($$"""{"specversion":"1.0","id":"1","source":"/","type":"t","data":{{Seed.Replace("-12.5", level, StringComparison.Ordinal)}} }"""),
        "CloudEvents by paths" => new CloudEventsProfile(new JsonShape { Readings = [Parsing.Reading("$.data.v")], Sign = sign })
            .Parse($$"""{"specversion":"1.0","id":"1","source":"/","type":"t","data":{"v":"{{level}}"} }"""),
        _ => Sparkplug(sign, double.Parse(level, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static ReadingOutcome[] Sparkplug(LevelSign sign, double level)
    {
        var host = new SparkplugHost(new SparkplugShape { Sign = sign });
        var metric = new SparkplugMetric("v", null, null, SparkplugDatatype.Double, false, new(SparkplugValueKind.Real64, BitConverter.DoubleToUInt64Bits(level)), "g");
        var (outcomes, _) = host.Receive(SparkplugTopic.Parse("spBv1.0/g/NBIRTH/n")!, new(null, 0, null, [metric]), Parsing.Message(""), Parsing.ReceivedAt);
        return [.. outcomes.Where(outcome => outcome.StatusChange is null)];
    }
}
