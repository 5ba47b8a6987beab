using System.Text;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Core.Tests.Readings;

namespace VibeDash.Core.Tests.Payloads;

public sealed class CloudEventsProfileTests
{
    private const string Attributes = """ "specversion":"1.0","id":"e-1","source":"/gw/1","type":"vibration","subject":"VB-9" """;

    private static readonly CloudEventsProfile Seed = new(null);
    private static readonly CloudEventsProfile ByPaths = new(new JsonShape { Readings = [Parsing.Reading("$.data.rms")], SensorId = new("", Parsing.Path("$.subject")) });

    [Fact]
    public void The_seed_event_is_the_same_in_structured_and_in_binary_mode()
    {
        VibrationEventParser.TryParse(SeedEvent.Bytes, Parsing.ReceivedAt, out var plain, out _).ShouldBeTrue();

        Seed.Parse($$"""{ {{Attributes}}, "datacontenttype":"application/json","data":{{SeedEvent.Text}} }""").Accepted().ShouldBe(plain);
        Seed.Parse($$"""{ {{Attributes}}, "data_base64":"{{Convert.ToBase64String(SeedEvent.Bytes)}}" }""").Accepted().ShouldBe(plain);
        Seed.Parse(Binary(SeedEvent.Text), default, Parsing.ReceivedAt).Accepted().ShouldBe(plain);
        Seed.Parse(Binary(SeedEvent.Text) with { ContentType = "application/json; charset=utf-8" }, default, Parsing.ReceivedAt).Accepted().ShouldBe(plain);
    }

    [Fact]
    public void A_seed_event_whose_difference_is_wrong_is_suspect_here_too()
    {
        var wrong = SeedEvent.Text.Replace("8.5", "9.5", StringComparison.Ordinal);

        Seed.Parse($$"""{ {{Attributes}}, "data":{{wrong}} }""").Accepted().Reading.IsSuspect.ShouldBeTrue();
        Seed.Parse(Binary(wrong), default, Parsing.ReceivedAt).Accepted().Reading.IsSuspect.ShouldBeTrue();
        Seed.Parse(Binary(SeedEvent.Text), default, Parsing.ReceivedAt).Accepted().Reading.IsSuspect.ShouldBeFalse();
    }

    [Fact]
    public void Structured_mode_is_told_by_the_content_type_whatever_the_user_properties_are()
    {
        var message = Parsing.Message($$"""{ {{Attributes}}, "data":{{SeedEvent.Text}} }""") with
        {
            ContentType = "application/cloudevents+json; charset=utf-8",
            UserProperties = [new("specversion", "9")],
        };

        Seed.Parse(message, default, Parsing.ReceivedAt).Accepted().Reading.SensorId.ShouldBe("VB-42345");
    }

    [Fact]
    public void Paths_see_the_structured_form_and_id_and_time_are_the_events_own()
    {
        var structured = ByPaths.Parse($$"""{ {{Attributes}}, "time":"2026-03-01T11:59:59Z","data":{"rms":2.5} }""");
        var binary = ByPaths.Parse(Binary("""{"rms":2.5}""", ("time", "2026-03-01T11:59:59Z")), default, Parsing.ReceivedAt);

        structured.Accepted().Reading.ShouldBe(new Reading("VB-9", new(2026, 3, 1, 11, 59, 59, TimeSpan.Zero), "e-1", 2.5, 0, "g"));
        binary.Accepted().Reading.ShouldBe(structured.Accepted().Reading);
        binary.Single().MayBeStored.ShouldBeFalse();
    }

    [Fact]
    public void Without_a_time_it_is_that_of_arrival_and_the_id_tells_a_redelivery()
    {
        var outcome = ByPaths.Parse(Binary("""{"rms":2.5}"""), default, Parsing.ReceivedAt).Single();

        (outcome.Event!.Value.Reading.Timestamp, outcome.Event.Value.Reading.EventId, outcome.MayBeStored).ShouldBe((Parsing.ReceivedAt, "e-1", true));
    }

    [Fact]
    public void Data_that_is_not_json_is_a_text()
    {
        var profile = new CloudEventsProfile(new JsonShape { Readings = [Parsing.Reading("$.data")] });

        profile.Parse(Binary("2.5") with { ContentType = "text/plain" }, new("VB-1", null), Parsing.ReceivedAt).Accepted().Reading.Level.ShouldBe(2.5);
        profile.Parse(Binary("abc") with { ContentType = "text/plain" }, new("VB-1", null), Parsing.ReceivedAt).Rejected().Reason.ShouldBe(RejectionReason.InvalidField);
    }

    [Theory]
    [InlineData("specversion")]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("type")]
    public void An_attribute_that_is_missing_is_named(string name)
    {
        Seed.Parse("{" + Attributes.Replace($"\"{name}\"", "\"other\"", StringComparison.Ordinal) + $",\"data\":{SeedEvent.Text}}}")
            .Rejected().ShouldBe(new Rejection(RejectionReason.MissingField, $"{name} is missing."));
    }

    [Theory]
    [InlineData("[]", RejectionReason.MalformedJson)]
    [InlineData("12.5", RejectionReason.MalformedJson)]
    [InlineData("{", RejectionReason.MalformedJson)]
    [InlineData("""{"specversion":"0.3","id":"1","source":"s","type":"t","data":{}}""", RejectionReason.InvalidField)]
    [InlineData("""{"specversion":1.0,"id":"1","source":"s","type":"t","data":{}}""", RejectionReason.InvalidField)]
    [InlineData("""{"specversion":"1.0","id":" ","source":"s","type":"t","data":{}}""", RejectionReason.MissingField)]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t"}""", RejectionReason.MissingField)]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","data":null}""", RejectionReason.MalformedJson)]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","data":{}}""", RejectionReason.MissingField)]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","data_base64":"?"}""", RejectionReason.InvalidField)]
    [InlineData("""{"specversion":"1.0","id":"\uD800","source":"s","type":"t","data":{}}""", RejectionReason.InvalidEncoding)]
    public void What_is_no_cloud_event_is_rejected_by_name(string payload, RejectionReason reason) => Seed.Parse(payload).Rejected().Reason.ShouldBe(reason);

    [Fact]
    public void Binary_mode_has_its_bounds()
    {
        Seed.Parse(Binary(""), default, Parsing.ReceivedAt).Rejected().Reason.ShouldBe(RejectionReason.MissingField);
        Seed.Parse(Binary("{"), default, Parsing.ReceivedAt).Rejected().Reason.ShouldBe(RejectionReason.MalformedJson);
        Seed.Parse(Binary(new string(' ', VibrationEventParser.MaximumPayloadBytes + 1)), default, Parsing.ReceivedAt)
            .Rejected().Reason.ShouldBe(RejectionReason.PayloadTooLarge);
        Seed.Parse(Binary("{}", ("padding", new string('x', VibrationEventParser.MaximumPayloadBytes))), default, Parsing.ReceivedAt)
            .Rejected().Reason.ShouldBe(RejectionReason.PayloadTooLarge);
    }

    private static SourceMessage Binary(string data, params (string Name, string Value)[] more) => new("a/b", Encoding.UTF8.GetBytes(data))
    {
        UserProperties =
        [
            new("specversion", "1.0"), new("id", "e-1"), new("source", "/gw/1"), new("type", "vibration"), new("subject", "VB-9"),
            .. more.Select(property => KeyValuePair.Create(property.Name, property.Value)),
        ],
    };
}
