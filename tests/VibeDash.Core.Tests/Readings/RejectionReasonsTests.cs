using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class RejectionReasonsTests
{
    // Each reason is decided: over MQTT, and posted.
    public static TheoryData<RejectionReason, bool, bool> Reasons => new()
    {
        { RejectionReason.PayloadTooLarge, false, false },
        { RejectionReason.InvalidEncoding, false, false },
        { RejectionReason.MalformedJson, true, false },
        { RejectionReason.UnknownEventType, false, false },
        { RejectionReason.MissingField, true, false },
        { RejectionReason.InvalidField, true, false },
        { RejectionReason.InvalidNumber, true, false },
        { RejectionReason.InvalidTimestamp, true, false },
        { RejectionReason.TimestampWithoutZone, false, false },
        { RejectionReason.TimestampOutOfRange, true, true },
        { RejectionReason.InvalidSensorId, true, false },
        { RejectionReason.TooManySensors, true, true },
        { RejectionReason.TooManyReadings, false, false },
        { RejectionReason.RetainedWithoutTimestamp, true, false },
        { RejectionReason.UnknownTopic, true, false },
        { RejectionReason.UnknownStatus, true, false },
        { RejectionReason.MalformedProtobuf, false, false },
        { RejectionReason.UnknownMetric, false, false },
        { RejectionReason.TooManyMetrics, false, false },
        { RejectionReason.OutsidePlaces, false, false },
        { RejectionReason.ProcessingFailed, true, true },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_replay_is_offered_only_where_it_may_be_accepted(RejectionReason reason, bool curable, bool curableWhenPosted) =>
        (reason.IsCurable(posted: false), reason.IsCurable(posted: true)).ShouldBe((curable, curableWhenPosted));

    [Fact]
    public void Every_reason_is_in_the_table() => Reasons.Select(row => row.Data.Item1).ShouldBe(Enum.GetValues<RejectionReason>());
}
