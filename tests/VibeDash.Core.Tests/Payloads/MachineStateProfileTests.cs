using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Payloads;

public sealed class MachineStateProfileTests
{
    private static readonly TopicValues OfMachine = new(null, " Hall 1 ,Pump 1");
    private static readonly MachineStateProfile Plain = new(new());
    private static readonly MachineStateProfile Json = new(new()
    {
        Location = new("", Parsing.Path("$.machine")),
        Value = Parsing.Path("$.state"),
        Timestamp = Parsing.Path("$.since"),
        Running = ["Execute", "3"],
        Stopped = ["Idle", "Held"],
    });

    [Theory]
    [InlineData("running", true)]
    [InlineData(" ON\n", true)]
    [InlineData("1", true)]
    [InlineData("Stopped", false)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    public void A_payload_is_one_of_the_words(string payload, bool runs) =>
        Plain.Parse(payload, OfMachine).ShouldHaveSingleItem().MachineState.ShouldBe(new MachineStateChange("Hall 1, Pump 1", null, runs, Parsing.ReceivedAt));

    [Fact]
    public void A_topic_with_a_sensor_is_about_that_sensor() =>
        Plain.Parse("off").ShouldHaveSingleItem().MachineState.ShouldBe(new MachineStateChange(null, "VB-1", false, Parsing.ReceivedAt));

    [Fact]
    public void A_configured_location_goes_before_the_topic() =>
        new MachineStateProfile(new() { Location = new("Hall 2, Fan 3") }).Parse("off").ShouldHaveSingleItem().MachineState!.Machine.ShouldBe("Hall 2, Fan 3");

    [Theory]
    [InlineData("""{"machine":"Hall 1, Pump 1","state":"execute","since":"2026-03-01T11:30:00Z"}""", true)]
    [InlineData("""{"machine":"Hall 1, Pump 1","state":3,"since":"2026-03-01T12:30:00+01:00"}""", true)]
    [InlineData("""{"machine":"Hall 1, Pump 1","state":"Held","since":"2026-03-01T11:30:00Z"}""", false)]
    public void In_json_machine_word_and_time_are_found_by_paths(string payload, bool runs) =>
        Json.Parse(payload).ShouldHaveSingleItem().MachineState.ShouldBe(new MachineStateChange("Hall 1, Pump 1", null, runs, new(2026, 3, 1, 11, 30, 0, TimeSpan.Zero)));

    [Fact]
    public void A_time_may_count_from_1970()
    {
        var profile = new MachineStateProfile(new() { SensorId = new("VB-7"), Value = Parsing.Path("$.v"), Timestamp = Parsing.Path("$.t"), TimestampFormat = TimestampFormat.UnixSeconds });

        profile.Parse("""{"v":true,"t":1772366400}""").ShouldHaveSingleItem().MachineState.ShouldBe(new MachineStateChange(null, "VB-7", true, DateTimeOffset.FromUnixTimeSeconds(1772366400)));
    }

    [Theory]
    [InlineData("""{"machine":"M","since":"2026-03-01T11:30:00Z"}""", RejectionReason.MissingField, "$.state is missing.")]
    [InlineData("""{"state":"held","since":"2026-03-01T11:30:00Z"}""", RejectionReason.MissingField, "$.machine is missing.")]
    [InlineData("""{"machine":" , ","state":"held","since":"2026-03-01T11:30:00Z"}""", RejectionReason.MissingField, "$.machine is missing.")]
    [InlineData("""{"machine":"M","state":"held"}""", RejectionReason.MissingField, "$.since is missing.")]
    [InlineData("""{"machine":"M","state":"held","since":"2026-03-01T12:30:00Z"}""", RejectionReason.TimestampOutOfRange, "$.since must lie between")]
    [InlineData("""{"machine":"M","state":"on","since":"2026-03-01T11:30:00Z"}""", RejectionReason.UnknownStatus, "$.state is 'on', which is none of the words for running (Execute, 3) and stopped (Idle, Held).")]
    [InlineData("on", RejectionReason.MalformedJson, "Not valid JSON")]
    public void What_says_neither_is_rejected(string payload, RejectionReason reason, string detail)
    {
        var rejection = Json.Parse(payload).Rejected();

        (rejection.Reason, rejection.Detail.StartsWith(detail, StringComparison.Ordinal)).ShouldBe((reason, true), rejection.Detail);
    }

    [Fact]
    public void A_topic_that_names_no_machine_is_rejected() => Plain.Parse("on", new(null, " ")).Rejected().Reason.ShouldBe(RejectionReason.MissingField);

    [Fact]
    public void An_empty_payload_removes_a_retained_message_and_says_nothing() => Plain.Parse("", OfMachine).ShouldBeEmpty();

    [Fact]
    public void What_was_retained_holds_from_its_arrival_on() =>
        Plain.Parse(Parsing.Message("off") with { Retained = true }, OfMachine, Parsing.ReceivedAt).ShouldHaveSingleItem().MachineState!.At.ShouldBe(Parsing.ReceivedAt);

    [Fact]
    public void What_is_read_again_later_holds_from_when_it_had_arrived()
    {
        var arrivedAt = Parsing.ReceivedAt.AddHours(-1);

        Plain.Parse(Parsing.Message("off") with { ArrivedAt = arrivedAt }, OfMachine, Parsing.ReceivedAt).ShouldHaveSingleItem().MachineState!.At.ShouldBe(arrivedAt);
    }
}
