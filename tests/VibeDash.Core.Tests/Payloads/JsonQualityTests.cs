using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using static VibeDash.Core.Readings.ReadingQuality;

namespace VibeDash.Core.Tests.Payloads;

/// <summary>The quality of readings in JSON, in the forms of real gateways.</summary>
public sealed class JsonQualityTests
{
    [Theory]
    [InlineData("Kepware IoT Gateway", "$.q", """{"rms":2.5,"q":true}""", Good)]
    [InlineData("Kepware IoT Gateway", "$.q", """{"rms":2.5,"q":false}""", Bad)]
    [InlineData("OPC UA, Part 6", "$.Status.Code", """{"rms":2.5,"Status":{"Code":2156658688,"Symbol":"BadSensorFailure"} }""", Bad)]
    [InlineData("OPC UA, Part 6, names", "$.Status.Symbol", """{"rms":2.5,"Status":{"Code":1083179008,"Symbol":"UncertainLastUsableValue"} }""", Uncertain)]
    [InlineData("OPC UA, Part 6: left out when good", "$.Status.Code", """{"rms":2.5}""", Good)]
    [InlineData("OPC UA, Part 6: null when good", "$.Status", """{"rms":2.5,"Status":null}""", Good)]
    [InlineData("node-opcua", "$.statusCode.value", """{"rms":2.5,"statusCode":{"value":0} }""", Good)]
    [InlineData("node-opcua", "$.statusCode.value", """{"rms":2.5,"statusCode":{"value":2156658688} }""", Bad)]
    [InlineData("MindSphere", "$.qualityCode", """{"rms":"2.5","qualityCode":"0"}""", Good)]
    [InlineData("MindSphere", "$.qualityCode", """{"rms":"2.5","qualityCode":"2147483648"}""", Bad)]
    [InlineData("OPC DA", "$.quality", """{"rms":2.5,"quality":192}""", Good)]
    [InlineData("OPC DA", "$.quality", """{"rms":2.5,"quality":24}""", Bad)]
    [InlineData("AWS IoT SiteWise", "$.quality", """{"rms":2.5,"quality":"UNCERTAIN"}""", Uncertain)]
    public void As_a_gateway_writes_it(string gateway, string path, string payload, ReadingQuality quality)
    {
        var reading = Profile(path).Parse(payload).Accepted().Reading;

        (reading.Level, reading.Quality, reading.IsGood).ShouldBe((2.5, quality, quality == Good), gateway);
    }

    [Theory]
    [InlineData("1", Good)]
    [InlineData("\"OK\"", Good)]
    [InlineData("\"ok \"", Good)]
    [InlineData("0", Bad)]
    [InlineData("true", Bad)]
    [InlineData("\"Uncertain\"", Uncertain)]
    public void The_source_may_say_what_is_good(string json, ReadingQuality quality) =>
        Profile("$.q", "1", "OK").Parse($$"""{"rms":2.5,"q":{{json}}}""").Accepted().Reading.Quality.ShouldBe(quality);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("-9999")]
    [InlineData("1e300")]
    [InlineData("true")]
    public void What_is_not_good_needs_no_level_that_could_be_stored(string level)
    {
        var reading = Profile("$.q").Parse($$"""{"rms":{{level}},"q":false}""").Accepted().Reading;
        (reading.Level, reading.Quality).ShouldBe((0, Bad));

        Profile("$.q").Parse($$"""{"rms":{{level}},"q":true}""").Rejected().Detail.ShouldContain("$.rms");
    }

    [Fact]
    public void The_same_value_of_another_quality_is_another_reading() =>
        Profile("$.q").Parse("""{"rms":2.5,"q":false}""").Accepted().Reading.EventId.ShouldNotBe(Profile("$.q").Parse("""{"rms":2.5,"q":true}""").Accepted().Reading.EventId);

    [Fact]
    public void Each_reading_of_a_message_has_its_own()
    {
        var shape = new JsonShape
        {
            Readings = [Parsing.Reading("$.x.v", "-x") with { Quality = new(Parsing.Path("$.x.q"), null) }, Parsing.Reading("$.y.v", "-y") with { Quality = new(Parsing.Path("$.y.q"), null) }, Parsing.Reading("$.z.v", "-z")],
        };

        new JsonProfile(shape).Parse("""{"x":{"v":1,"q":192},"y":{"v":2,"q":8},"z":{"v":3,"q":8} }""").Select(outcome => outcome.Event!.Value.Reading.Quality)
            .ShouldBe([Good, Bad, Good]);
    }

    [Fact]
    public void What_can_be_no_quality_is_rejected() => Profile("$.q").Parse("""{"rms":2.5,"q":{"Code":0} }""").Rejected().Detail.ShouldBe("$.q must be a text, a number, true or false.");

    [Fact]
    public void The_page_of_the_connections_tells_it() =>
        new JsonProfile(Shape("$.q", "1", "OK")).Settings.ShouldContain("quality $.q (good: 1, OK)");

    private static JsonProfile Profile(string path, params string[] good) => new(Shape(path, good));

    private static JsonShape Shape(string path, params string[] good) =>
        new() { Readings = [Parsing.Reading("$.rms") with { Quality = new(Parsing.Path(path), good.Length == 0 ? null : good) }] };
}
