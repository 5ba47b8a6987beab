using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Payloads;

public sealed class StatusProfileTests
{
    private static readonly StatusProfile Plain = new(null, null, StatusProfile.DefaultOnline, StatusProfile.DefaultOffline);
    private static readonly StatusProfile Json = new(new("", Parsing.Path("$.id")), Parsing.Path("$.state"), ["up", "true", "1"], ["down", "false", "0"]);

    [Theory]
    [InlineData("online", true)]
    [InlineData("ONLINE\n", true)]
    [InlineData("1", true)]
    [InlineData("True", true)]
    [InlineData("Offline", false)]
    [InlineData(" 0 ", false)]
    [InlineData("false", false)]
    public void A_payload_is_one_of_the_words(string payload, bool isOnline)
    {
        var change = Plain.Parse(payload).ShouldHaveSingleItem().StatusChange.ShouldNotBeNull();

        (change.SensorId, change.IsOnline, change.At, change.IsPrefix).ShouldBe(("VB-1", isOnline, Parsing.ReceivedAt, false));
    }

    [Theory]
    [InlineData("""{"id":"VB-7","state":"UP"}""", true)]
    [InlineData("""{"id":"VB-7","state":false}""", false)]
    [InlineData("""{"id":"VB-7","state":1}""", true)]
    public void In_json_sensor_and_word_are_found_by_paths(string payload, bool isOnline)
    {
        var change = Json.Parse(payload).ShouldHaveSingleItem().StatusChange.ShouldNotBeNull();

        (change.SensorId, change.IsOnline).ShouldBe(("VB-7", isOnline));
    }

    [Theory]
    [InlineData("""{"id":"VB-7"}""", RejectionReason.MissingField, "$.state is missing.")]
    [InlineData("""{"state":"up"}""", RejectionReason.MissingField, "$.id is missing.")]
    [InlineData("""{"id":"<b>","state":"up"}""", RejectionReason.InvalidSensorId, "$.id must be")]
    [InlineData("""{"id":"VB-7","state":["up"]}""", RejectionReason.InvalidField, "$.state must be a text, a number, true or false.")]
    [InlineData("""{"id":"VB-7","state":"online"}""", RejectionReason.UnknownStatus, "$.state is 'online', which is none of the words for online (up, true, 1) and offline (down, false, 0).")]
    [InlineData("up", RejectionReason.MalformedJson, "Not valid JSON")]
    public void What_says_neither_is_rejected(string payload, RejectionReason reason, string detail)
    {
        var rejection = Json.Parse(payload).Rejected();

        (rejection.Reason, rejection.Detail.StartsWith(detail, StringComparison.Ordinal)).ShouldBe((reason, true), rejection.Detail);
    }

    [Fact]
    public void An_unknown_word_is_shown_in_short()
    {
        var rejection = Plain.Parse(new string('x', 1000)).Rejected();

        rejection.Reason.ShouldBe(RejectionReason.UnknownStatus);
        rejection.Detail.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public void An_empty_payload_which_removes_a_retained_message_says_nothing() => Plain.Parse("").ShouldBeEmpty();

    [Fact]
    public void How_it_was_delivered_is_kept()
    {
        var change = Plain.Parse(Parsing.Message("offline") with { Redelivered = true, Retained = true }, new("VB-1", null), Parsing.ReceivedAt).Single().StatusChange!;

        (change.Redelivered, change.Retained).ShouldBe((true, true));
    }
}
