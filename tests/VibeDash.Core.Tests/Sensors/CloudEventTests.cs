using System.Text;
using VibeDash.Core.Sensors;

namespace VibeDash.Core.Tests.Sensors;

public sealed class CloudEventTests
{
    private const string Envelope = """{"specversion":"1.0","id":"1","source":"/hall/7","type":"com.example.vibration","time":"2026-03-01T12:00:00Z","weight":{"a":[1]},""";

    [Theory]
    [InlineData(Envelope + """ "data": { "a" : [1, {"b":2}] } }""", """{ "a" : [1, {"b":2}] }""")]
    [InlineData(Envelope + "\"data\":\"text\"}", "\"text\"")]
    [InlineData(Envelope + "\"data\":null,\"data_base64\":\"eyJhIjoxfQ==\"}", """{"a":1}""")]
    [InlineData(Envelope + "\"data\":{},\"data_base64\":null}", "{}")]
    public void The_data_is_taken_out_as_it_was_sent(string payload, string expected)
    {
        CloudEvent.TryReadData(Encoding.UTF8.GetBytes(payload), out var data, out var rejection).ShouldBeTrue(rejection?.Detail);

        Encoding.UTF8.GetString(data!).ShouldBe(expected);
    }

    [Theory]
    [InlineData("[]", RejectionReason.MalformedJson, "object")]
    [InlineData("{", RejectionReason.MalformedJson, "byte 1")]
    [InlineData("""{"specversion":"0.3","id":"1","source":"s","type":"t","data":{}}""", RejectionReason.InvalidField, "specversion")]
    [InlineData("""{"id":"1","source":"s","type":"t","data":{}}""", RejectionReason.MissingField, "specversion")]
    [InlineData("""{"specversion":"1.0","id":1,"source":"s","type":"t","data":{}}""", RejectionReason.MissingField, "id")]
    [InlineData("""{"specversion":"1.0","id":"1","source":" ","type":"t","data":{}}""", RejectionReason.MissingField, "source")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","data":{}}""", RejectionReason.MissingField, "type")]
    [InlineData(Envelope + "\"data\":null}", RejectionReason.MissingField, "data")]
    [InlineData(Envelope + "\"data_base64\":\"{}\"}", RejectionReason.InvalidField, "Base64")]
    [InlineData(Envelope + "\"data\":{},\"data_base64\":\"e30=\"}", RejectionReason.InvalidField, "both")]
    [InlineData("""{"specversion":"1.0","id":"\uD800","source":"s","type":"t","data":{}}""", RejectionReason.InvalidEncoding, "Unicode")]
    [InlineData("""{"\uD800":1}""", RejectionReason.InvalidEncoding, "Unicode")]
    public void What_is_no_cloud_event_is_rejected_with_its_reason(string payload, RejectionReason reason, string detail)
    {
        CloudEvent.TryReadData(Encoding.UTF8.GetBytes(payload), out _, out var rejection).ShouldBeFalse();

        rejection!.Reason.ShouldBe(reason);
        rejection.Detail.ShouldContain(detail);
    }

    [Fact]
    public void One_longer_than_an_event_may_be_is_not_looked_at()
    {
        var payload = Encoding.UTF8.GetBytes(Envelope + $"\"data\":\"{new string('x', VibrationEventParser.MaximumPayloadBytes)}\"}}");

        CloudEvent.TryReadData(payload, out _, out var rejection).ShouldBeFalse();

        rejection!.Reason.ShouldBe(RejectionReason.PayloadTooLarge);
    }
}
