using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Payloads;

public sealed class NumberProfileTests
{
    private static readonly NumberProfile Profile = new(null, null, "mm/s", 2.8, 1);

    [Theory]
    [InlineData("2.81", 2.81)]
    [InlineData(" 2.81\r\n", 2.81)]
    [InlineData("+1e-3", 0.001)]
    [InlineData("0", 0)]
    [InlineData("\uFEFF7", 7)]
    public void A_number_is_the_level_at_its_arrival(string payload, double level)
    {
        var parsed = Profile.Parse(payload).Accepted();

        parsed.Reading.ShouldBe(new Reading("VB-1", Parsing.ReceivedAt, $"0:{level.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}", level, 2.8, "mm/s"));
        parsed.Facts.ShouldBe(new SensorFacts("Hall 1, Pump 1", null, null, null, null));
    }

    [Theory]
    [InlineData("", RejectionReason.InvalidNumber)]
    [InlineData("n/a", RejectionReason.InvalidNumber)]
    [InlineData("2,81", RejectionReason.InvalidNumber)]
    [InlineData("1 2", RejectionReason.InvalidNumber)]
    [InlineData("0x10", RejectionReason.InvalidNumber)]
    [InlineData("-0.1", RejectionReason.InvalidNumber)]
    [InlineData("NaN", RejectionReason.InvalidNumber)]
    [InlineData("Infinity", RejectionReason.InvalidNumber)]
    [InlineData("1e999", RejectionReason.InvalidNumber)]
    [InlineData("1000000000000.0002", RejectionReason.InvalidNumber)]
    [InlineData("{\"rms\":1}", RejectionReason.InvalidNumber)]
    public void What_is_no_level_is_rejected(string payload, RejectionReason reason) => Profile.Parse(payload).Rejected().Reason.ShouldBe(reason);

    [Fact]
    public void A_message_that_is_read_again_later_was_measured_when_it_arrived()
    {
        var message = Parsing.Message("7") with { PacketId = 5, ArrivedAt = Parsing.ReceivedAt };

        Profile.Parse(message, new("VB-1", null), Parsing.ReceivedAt.AddDays(3)).ShouldBe(Profile.Parse(message with { ArrivedAt = null }, new("VB-1", null), Parsing.ReceivedAt));
    }

    [Fact]
    public void An_arrival_ahead_of_the_clock_is_not_a_time_of_measurement() =>
        Profile.Parse(Parsing.Message("7") with { ArrivedAt = Parsing.ReceivedAt.AddHours(1) }, new("VB-1", null), Parsing.ReceivedAt)
            .Rejected().Reason.ShouldBe(RejectionReason.TimestampOutOfRange);

    [Fact]
    public void The_limits_of_the_seed_event_hold()
    {
        Profile.Parse(new string(' ', VibrationEventParser.MaximumPayloadBytes) + "1").Rejected().Reason.ShouldBe(RejectionReason.PayloadTooLarge);
        Profile.Parse(new("a/b", new byte[] { 0xFF }), new("VB-1", null), Parsing.ReceivedAt).Rejected().Reason.ShouldBe(RejectionReason.InvalidEncoding);
        Profile.Parse("1", new TopicValues("<b>", null)).Rejected().Reason.ShouldBe(RejectionReason.InvalidSensorId);
        Profile.Parse("1", new TopicValues("VB-1", new string('x', 300))).Rejected().Reason.ShouldBe(RejectionReason.InvalidField);
        new NumberProfile(null, null, "g", 0, 1e10).Parse("1e300").Rejected().Reason.ShouldBe(RejectionReason.InvalidNumber);
        new NumberProfile(null, null, "g", 0, 1000).Parse("1e9").Accepted().Reading.Level.ShouldBe(Reading.MaximumLevel);
        new NumberProfile(null, null, "g", 0, 1000).Parse("1.1e9").Rejected().Detail.ShouldBe("The payload must not be beyond 1,000,000,000,000.");
    }

    [Fact]
    public void Sensor_and_location_may_be_given_and_the_number_multiplied()
    {
        var parsed = new NumberProfile("Pump 7", "Hall 2", "g", 0, 0.25).Parse("10", default(TopicValues)).Accepted();

        (parsed.Reading.SensorId, parsed.Facts.Location, parsed.Reading.Level).ShouldBe(("Pump 7", "Hall 2", 2.5));
    }

    [Fact]
    public void A_redelivery_has_the_event_id_of_its_first_delivery_and_asks_to_be_looked_up()
    {
        var first = Deliver(Parsing.Message("2.81") with { PacketId = 17 });
        var again = Deliver(Parsing.Message("2.81") with { PacketId = 17, Redelivered = true });
        var other = Deliver(Parsing.Message("2.81") with { PacketId = 18 });

        (first.MayBeStored, again.MayBeStored, other.MayBeStored).ShouldBe((false, true, false));
        again.Event!.Value.Reading.EventId.ShouldBe(first.Event!.Value.Reading.EventId);
        other.Event!.Value.Reading.EventId.ShouldNotBe(first.Event!.Value.Reading.EventId);

        static ReadingOutcome Deliver(SourceMessage message) => Profile.Parse(message, new("VB-1", null), Parsing.ReceivedAt).Single();
    }

    [Fact]
    public void A_retained_number_is_rejected_as_nobody_knows_when_it_was_measured() =>
        Profile.Parse(Parsing.Message("1") with { Retained = true }, new("VB-1", null), Parsing.ReceivedAt)
            .Rejected().Reason.ShouldBe(RejectionReason.RetainedWithoutTimestamp);

    [Fact]
    public void The_time_of_arrival_is_kept_to_the_microsecond() =>
        Profile.Parse(Parsing.Message("1"), new("VB-1", null), Parsing.ReceivedAt.AddTicks(7)).Accepted().Reading.Timestamp.ShouldBe(Parsing.ReceivedAt);
}
