using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Payloads;

public sealed class JsonProfileTests
{
    private static readonly JsonShape Simple = new() { Readings = [Parsing.Reading("$.rms")] };
    private static readonly JsonShape Timed = Simple with { Timestamp = Parsing.Path("$.ts") };

    [Fact]
    public void Everything_can_come_from_the_payload()
    {
        var shape = new JsonShape
        {
            Readings = [new("", Parsing.Path("$.rms"), new("", Parsing.Path("$.unit")), 0, Parsing.Path("$.base"), 1000)],
            SensorId = new("", Parsing.Path("$.dev.id")),
            Location = new("", Parsing.Path("$.dev['placed at']")),
            Timestamp = Parsing.Path("$.ts"),
            EventId = Parsing.Path("$.n"),
        };

        var parsed = new JsonProfile(shape)
            .Parse("""{"dev":{"id":42345,"placed at":"Hall 3, Fan"},"ts":"2026-03-01T12:00:00.5+01:00","n":77,"rms":0.0125,"base":"0.004","unit":"mm/s"}""")
            .Accepted();

        parsed.Reading.ShouldBe(new Reading("42345", new(2026, 3, 1, 11, 0, 0, 500, TimeSpan.Zero), "77", 12.5, 4, "mm/s"));
        parsed.Facts.Location.ShouldBe("Hall 3, Fan");
    }

    [Theory]
    [InlineData(TimestampFormat.UnixSeconds, "1772366400", 0)]
    [InlineData(TimestampFormat.UnixSeconds, "1772366400.123456", 123456)]
    [InlineData(TimestampFormat.UnixSeconds, "\"1772366400.5\"", 500000)]
    [InlineData(TimestampFormat.UnixMilliseconds, "1772366400123", 123000)]
    [InlineData(TimestampFormat.UnixMicroseconds, "1772366400123456", 123456)]
    [InlineData(TimestampFormat.Iso8601, "\"2026-03-01T12:00:00.123456Z\"", 123456)]
    public void A_timestamp_is_read_in_its_format(TimestampFormat format, string json, int microseconds) =>
        new JsonProfile(Timed with { TimestampFormat = format }).Parse($$"""{"rms":1,"ts":{{json}}}""").Accepted()
            .Reading.Timestamp.ShouldBe(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(microseconds));

    [Theory]
    [InlineData(TimestampFormat.UnixSeconds, "1772366400123", RejectionReason.TimestampOutOfRange)]
    [InlineData(TimestampFormat.UnixSeconds, "1e28", RejectionReason.TimestampOutOfRange)]
    [InlineData(TimestampFormat.UnixSeconds, "-1", RejectionReason.TimestampOutOfRange)]
    [InlineData(TimestampFormat.UnixSeconds, "0", RejectionReason.TimestampOutOfRange)]
    [InlineData(TimestampFormat.UnixSeconds, "\"soon\"", RejectionReason.InvalidTimestamp)]
    [InlineData(TimestampFormat.UnixMilliseconds, "true", RejectionReason.InvalidTimestamp)]
    [InlineData(TimestampFormat.Iso8601, "1772366400", RejectionReason.InvalidTimestamp)]
    [InlineData(TimestampFormat.Iso8601, "\"2026-03-01T12:00:00\"", RejectionReason.TimestampWithoutZone)]
    [InlineData(TimestampFormat.Iso8601, "\"2026-03-01T13:00:00Z\"", RejectionReason.TimestampOutOfRange)]
    [InlineData(TimestampFormat.Iso8601, "null", RejectionReason.MissingField)]
    public void A_wrong_timestamp_is_rejected_by_name(TimestampFormat format, string json, RejectionReason reason)
    {
        var rejection = new JsonProfile(Timed with { TimestampFormat = format }).Parse($$"""{"rms":1,"ts":{{json}}}""").Rejected();

        rejection.Reason.ShouldBe(reason);
        rejection.Detail.ShouldContain("$.ts");
    }

    [Theory]
    [InlineData("", RejectionReason.MalformedJson)]
    [InlineData("{", RejectionReason.MalformedJson)]
    [InlineData("{} {}", RejectionReason.MalformedJson)]
    [InlineData("{}", RejectionReason.MissingField)]
    [InlineData("[]", RejectionReason.MissingField)]
    [InlineData("17", RejectionReason.MissingField)]
    [InlineData("""{"rms":null}""", RejectionReason.MissingField)]
    [InlineData("""{"rms":"much"}""", RejectionReason.InvalidField)]
    [InlineData("""{"rms":true}""", RejectionReason.InvalidField)]
    [InlineData("""{"rms":[1]}""", RejectionReason.InvalidField)]
    [InlineData("""{"rms":-1}""", RejectionReason.InvalidNumber)]
    [InlineData("""{"rms":1e999}""", RejectionReason.InvalidNumber)]
    [InlineData("""{"rms":1e307}""", RejectionReason.InvalidNumber)]
    [InlineData("""{"rms":"1.1e12"}""", RejectionReason.InvalidNumber)]
    [InlineData("""{"rms":"NaN"}""", RejectionReason.InvalidNumber)]
    [InlineData("""{"rms":"\uD800"}""", RejectionReason.InvalidEncoding)]
    [InlineData("""{"\uD800":1,"rms":"x"}""", RejectionReason.InvalidField)]
    public void What_is_no_reading_is_rejected_by_name(string payload, RejectionReason reason) =>
        new JsonProfile(Simple).Parse(payload).Rejected().Reason.ShouldBe(reason);

    [Theory]
    [InlineData("""{"rms":1,"n":"a","unit":" "}""", RejectionReason.MissingField, "$.unit")]
    [InlineData("""{"rms":1,"n":"a"}""", RejectionReason.MissingField, "$.unit")]
    [InlineData("""{"rms":1,"n":"a","unit":{}}""", RejectionReason.InvalidField, "$.unit")]
    [InlineData("""{"rms":1,"n":"","unit":"g"}""", RejectionReason.MissingField, "$.n")]
    [InlineData("""{"rms":1,"n":null,"unit":"g"}""", RejectionReason.MissingField, "$.n")]
    [InlineData("""{"rms":1,"n":"\u0007","unit":"g"}""", RejectionReason.InvalidField, "$.n")]
    public void A_wrong_text_is_rejected_by_name(string payload, RejectionReason reason, string path)
    {
        var shape = new JsonShape { Readings = [new("", Parsing.Path("$.rms"), new("", Parsing.Path("$.unit")), 0, null, 1)], EventId = Parsing.Path("$.n") };

        var rejection = new JsonProfile(shape).Parse(payload).Rejected();

        rejection.Reason.ShouldBe(reason);
        rejection.Detail.ShouldContain(path);
    }

    [Fact]
    public void Nesting_beyond_reason_is_malformed() =>
        new JsonProfile(Simple).Parse(new string('[', 5000) + new string(']', 5000)).Rejected().Reason.ShouldBe(RejectionReason.MalformedJson);

    [Fact]
    public void One_message_gives_a_reading_for_each_axis_and_says_which_is_bad()
    {
        var shape = Simple with { Readings = [Parsing.Reading("$.x", "-x"), Parsing.Reading("$.y", "-y"), Parsing.Reading("$.z", "-z")] };

        var outcomes = new JsonProfile(shape).Parse("""{"x":1,"y":"?","z":3}""");

        outcomes.Select(outcome => outcome.Event?.Reading.SensorId).ShouldBe(["VB-1-x", null, "VB-1-z"]);
        outcomes[1].Rejection.ShouldBe(new Rejection(RejectionReason.InvalidField, "Reading '-y': $.y must be a number."));
    }

    [Fact]
    public void Several_bad_readings_are_one_rejection_that_tells_of_each()
    {
        var shape = Simple with { Readings = [Parsing.Reading("$.x", "-x"), Parsing.Reading("$.y", "-y"), Parsing.Reading("$.z", "-z")] };

        var outcomes = new JsonProfile(shape).Parse("""{"x":"?","y":2,"z":-3}""");

        outcomes.Select(outcome => outcome.Event?.Reading.SensorId).ShouldBe([null, "VB-1-y"]);
        outcomes[0].Rejection.ShouldBe(new Rejection(RejectionReason.InvalidField, "Reading '-x': $.x must be a number. Reading '-z': $.z must not be negative, unless its source has Absolute or Signed."));
    }

    [Fact]
    public void Each_item_of_an_array_is_a_reading_of_its_own()
    {
        var shape = new JsonShape
        {
            Items = Parsing.Path("$.samples[*]"),
            Readings = [Parsing.Reading("@.v")],
            SensorId = new("", Parsing.Path("$.id")),
            Timestamp = Parsing.Path("@.t"),
            TimestampFormat = TimestampFormat.UnixSeconds,
        };

        var outcomes = new JsonProfile(shape).Parse("""{"id":"GW-1","samples":[{"t":1772366398,"v":1.5},{"t":1772366399},{"t":1772366400,"v":2}]}""");

        outcomes.Select(outcome => outcome.Event?.Reading.Level).ShouldBe([1.5, null, 2]);
        outcomes.Select(outcome => outcome.Event?.Reading.EventId).ShouldBe(["1.5", null, "2"]);
        outcomes[1].Rejection.ShouldBe(new Rejection(RejectionReason.MissingField, "Item 1: @.v is missing."));
        new JsonProfile(shape).Parse("""{"id":"GW-1","samples":[]}""").ShouldBeEmpty();
        new JsonProfile(shape).Parse("""{"id":"GW-1"}""").Rejected().Reason.ShouldBe(RejectionReason.MissingField);
    }

    [Fact]
    public void Items_that_share_id_and_timestamp_are_told_apart_and_the_same_again_when_the_message_is()
    {
        var shape = Timed with { Items = Parsing.Path("$.levels[*]"), Readings = [Parsing.Reading("@")], EventId = Parsing.Path("$.n") };
        const string Payload = """{"n":"abc","ts":"2026-03-01T12:00:00Z","levels":[2,2,3]}""";

        var ids = new JsonProfile(shape).Parse(Payload).Select(outcome => outcome.Event!.Value.Reading.EventId).ToArray();

        ids.ShouldBe(["abc/0", "abc/1", "abc/2"]);
        new JsonProfile(shape).Parse(Payload).Select(outcome => outcome.Event!.Value.Reading.EventId).ShouldBe(ids);
        new JsonProfile(shape with { EventId = null }).Parse(Payload).Select(outcome => outcome.Event!.Value.Reading.EventId).ShouldBe(["2/0", "2/1", "3/2"]);
    }

    [Fact]
    public void Without_a_timestamp_only_an_id_or_the_brokers_word_tells_a_redelivery()
    {
        var withId = Simple with { EventId = Parsing.Path("$.n") };

        new JsonProfile(Simple).Parse("""{"rms":1}""").Single().MayBeStored.ShouldBeFalse();
        new JsonProfile(withId).Parse("""{"rms":1,"n":5}""").Single().MayBeStored.ShouldBeTrue();
        new JsonProfile(Simple).Parse(Parsing.Message("""{"rms":1}""") with { Redelivered = true }, new("VB-1", null), Parsing.ReceivedAt)
            .Single().MayBeStored.ShouldBeTrue();
        new JsonProfile(Timed).Parse(
                Parsing.Message("""{"rms":1,"ts":"2026-03-01T12:00:00Z"}""") with { Redelivered = true, Retained = true }, new("VB-1", null), Parsing.ReceivedAt)
            .Single().MayBeStored.ShouldBeFalse();
    }

    [Fact]
    public void One_message_has_bounds()
    {
        var shape = Simple with { Items = Parsing.Path("$[*]"), Readings = [Parsing.Reading("@")] };
        string Levels(int count, string level) => "[" + string.Join(',', Enumerable.Repeat(level, count)) + "]";

        new JsonProfile(shape).Parse(Levels(PayloadProfile.MaximumReadings, "1")).Length.ShouldBe(PayloadProfile.MaximumReadings);
        new JsonProfile(shape).Parse(Levels(PayloadProfile.MaximumReadings + 1, "1")).Rejected().Reason.ShouldBe(RejectionReason.TooManyReadings);
        var bad = new JsonProfile(shape).Parse(Levels(100, "true"));
        bad.Rejected().Detail.ShouldStartWith("Item 0: @ must be a number. Item 1: ");
        bad.Rejected().Detail.ShouldEndWith($"Item {PayloadProfile.MaximumRejections - 1}: @ must be a number. So are 84 more readings of this message.");
    }
}
