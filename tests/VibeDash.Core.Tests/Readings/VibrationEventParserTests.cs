using System.Text;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class VibrationEventParserTests
{
    [Fact]
    public void The_seed_event_gives_exactly_what_it_says()
    {
        var parsed = Accepted(SeedEvent.Bytes);

        parsed.ShouldBe(new VibrationEvent(
            new Reading("VB-42345", new(2023, 9, 29, 16, 30, 25, TimeSpan.Zero), "a1b2c3d4-5678-90ef-ghij-klmnopqrstuv", 12.5, 4.0, "m/s²"),
            new SensorFacts("Motor Assembly Line B, Conveyor Unit 4", "VibroMonitor Pro X1", new DateOnly(2023, 6, 15), "VibrationSensor", "v1.2"),
            "Vibration level recorded exceeds the acceptable threshold. Immediate inspection required."));
    }

    public static TheoryData<string, RejectionReason> NotAnEvent => new()
    {
        { "", RejectionReason.MalformedJson },
        { " ", RejectionReason.MalformedJson },
        { "[]", RejectionReason.MalformedJson },
        { "[" + SeedEvent.Text + "]", RejectionReason.MalformedJson },
        { "null", RejectionReason.MalformedJson },
        { "12.5", RejectionReason.MalformedJson },
        { "\"text\"", RejectionReason.MalformedJson },
        { "{", RejectionReason.MalformedJson },
        { "{\"eventId\":}", RejectionReason.MalformedJson },
        { "{'eventId':'single quotes'}", RejectionReason.MalformedJson },
        { "level=12.5", RejectionReason.MalformedJson },
        { SeedEvent.Text[..200], RejectionReason.MalformedJson },
        { SeedEvent.Text[..^1], RejectionReason.MalformedJson },
        { SeedEvent.Text + "x", RejectionReason.MalformedJson },
        { SeedEvent.Text + SeedEvent.Text, RejectionReason.MalformedJson },
        { "{\"deep\":" + new string('[', 5000) + new string(']', 5000) + "}", RejectionReason.MalformedJson },
        { string.Concat(Enumerable.Repeat("{\"data\":", 5000)), RejectionReason.MalformedJson },
        { "{}", RejectionReason.MissingField },
        { "{\"\\uD800\":1}", RejectionReason.InvalidEncoding },
    };

    [Theory]
    [MemberData(nameof(NotAnEvent))]
    public void What_is_not_an_event_is_rejected_by_name(string payload, RejectionReason reason) =>
        Rejected(Encoding.UTF8.GetBytes(payload)).Reason.ShouldBe(reason);

    [Theory]
    [InlineData("eventId")]
    [InlineData("eventType")]
    [InlineData("timestamp")]
    [InlineData("data")]
    [InlineData("data.sensorId")]
    [InlineData("data.vibrationLevel")]
    [InlineData("data.baselineVibrationLevel")]
    [InlineData("data.unit")]
    public void A_required_field_that_is_missing_or_null_is_named(string field)
    {
        var expected = field == "data" ? "data.sensorId" : field;
        foreach (var value in new[] { null, "null" })
        {
            var rejection = Rejected(SeedEvent.With(field, value));
            rejection.Reason.ShouldBe(RejectionReason.MissingField);
            rejection.Detail.ShouldContain(expected);
        }
    }

    [Theory]
    [InlineData("source")]
    [InlineData("sensorLocation")]
    [InlineData("version")]
    [InlineData("metadata")]
    [InlineData("metadata.model")]
    [InlineData("metadata.calibrationDate")]
    [InlineData("systemMessage")]
    [InlineData("data.difference")]
    public void An_optional_field_may_be_missing_or_null(string field)
    {
        Accepted(SeedEvent.With(field, null)).Reading.Level.ShouldBe(12.5);
        Accepted(SeedEvent.With(field, "null")).Reading.Level.ShouldBe(12.5);
    }

    [Theory]
    // Another JSON type.
    [InlineData("eventId", "17", RejectionReason.InvalidField)]
    [InlineData("eventId", "[]", RejectionReason.InvalidField)]
    [InlineData("eventType", "true", RejectionReason.InvalidField)]
    [InlineData("timestamp", "1696005025", RejectionReason.InvalidField)]
    [InlineData("source", "{}", RejectionReason.InvalidField)]
    [InlineData("sensorLocation", "[]", RejectionReason.InvalidField)]
    [InlineData("version", "1.2", RejectionReason.InvalidField)]
    [InlineData("systemMessage", "false", RejectionReason.InvalidField)]
    [InlineData("data", "[]", RejectionReason.InvalidField)]
    [InlineData("data", "\"text\"", RejectionReason.InvalidField)]
    [InlineData("metadata", "7", RejectionReason.InvalidField)]
    [InlineData("data.sensorId", "42345", RejectionReason.InvalidField)]
    [InlineData("data.unit", "1", RejectionReason.InvalidField)]
    [InlineData("data.vibrationLevel", "\"12.5\"", RejectionReason.InvalidField)]
    [InlineData("data.baselineVibrationLevel", "\"4.0\"", RejectionReason.InvalidField)]
    [InlineData("data.vibrationLevel", "true", RejectionReason.InvalidField)]
    [InlineData("data.vibrationLevel", "{}", RejectionReason.InvalidField)]
    [InlineData("data.difference", "\"8.5\"", RejectionReason.InvalidField)]
    [InlineData("metadata.model", "1", RejectionReason.InvalidField)]
    [InlineData("metadata.calibrationDate", "20230615", RejectionReason.InvalidField)]
    // Numbers.
    [InlineData("data.vibrationLevel", "NaN", RejectionReason.MalformedJson)]
    [InlineData("data.vibrationLevel", "Infinity", RejectionReason.MalformedJson)]
    [InlineData("data.vibrationLevel", "-Infinity", RejectionReason.MalformedJson)]
    [InlineData("data.vibrationLevel", "12,5", RejectionReason.MalformedJson)]
    [InlineData("data.vibrationLevel", "012.5", RejectionReason.MalformedJson)]
    [InlineData("data.vibrationLevel", "1e999", RejectionReason.InvalidNumber)]
    [InlineData("data.vibrationLevel", "-1e999", RejectionReason.InvalidNumber)]
    [InlineData("data.difference", "1e999", RejectionReason.InvalidNumber)]
    [InlineData("data.vibrationLevel", "1000000000000.0002", RejectionReason.InvalidNumber)]
    [InlineData("data.vibrationLevel", "1e307", RejectionReason.InvalidNumber)]
    [InlineData("data.baselineVibrationLevel", "1.7976931348623157e308", RejectionReason.InvalidNumber)]
    [InlineData("data.difference", "-1000000000000.0002", RejectionReason.InvalidNumber)]
    [InlineData("data.vibrationLevel", "-0.01", RejectionReason.InvalidNumber)]
    [InlineData("data.baselineVibrationLevel", "-4", RejectionReason.InvalidNumber)]
    // Texts.
    [InlineData("eventType", "\"TemperatureRecorded\"", RejectionReason.UnknownEventType)]
    [InlineData("eventType", "\"vibrationrecorded\"", RejectionReason.UnknownEventType)]
    [InlineData("eventType", "\"\"", RejectionReason.MissingField)]
    [InlineData("eventId", "\"\"", RejectionReason.MissingField)]
    [InlineData("data.unit", "\"\"", RejectionReason.MissingField)]
    [InlineData("data.sensorId", "\"\"", RejectionReason.InvalidSensorId)]
    [InlineData("data.sensorId", "\" \"", RejectionReason.InvalidSensorId)]
    [InlineData("data.sensorId", "\"<script>alert(1)</script>\"", RejectionReason.InvalidSensorId)]
    [InlineData("data.sensorId", "\"a/b\"", RejectionReason.InvalidSensorId)]
    [InlineData("data.sensorId", "\"VB-1\\n\"", RejectionReason.InvalidSensorId)]
    [InlineData("data.sensorId", "\"VB\\u0000\"", RejectionReason.InvalidField)]
    [InlineData("eventId", "\"a\\u0007\"", RejectionReason.InvalidField)]
    [InlineData("sensorLocation", "\"Hall\\u001b[31m\"", RejectionReason.InvalidField)]
    [InlineData("sensorLocation", "\"Hall\\u0085\"", RejectionReason.InvalidField)]
    [InlineData("sensorLocation", "\"Hall\nraw\"", RejectionReason.MalformedJson)]
    [InlineData("eventId", "\"\\uD800\"", RejectionReason.InvalidEncoding)]
    [InlineData("data.sensorId", "\"VB-\\uDC00\"", RejectionReason.InvalidEncoding)]
    [InlineData("systemMessage", "\"\\uDC00\\uD800\"", RejectionReason.InvalidEncoding)]
    // Dates.
    [InlineData("metadata.calibrationDate", "\"15.06.2023\"", RejectionReason.InvalidField)]
    [InlineData("metadata.calibrationDate", "\"2023-02-30\"", RejectionReason.InvalidField)]
    [InlineData("timestamp", "\"yesterday\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"2023-09-29\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"29.09.2023 16:30:25\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"2023-09-29 16:30:25Z\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"2023-13-29T16:30:25Z\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"2023-02-30T16:30:25Z\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"2023-09-29T24:30:25Z\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"2023-09-29T16:30:25+99:00\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"0001-01-01T00:00:00+14:00\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"9999-12-31T23:59:59-14:00\"", RejectionReason.InvalidTimestamp)]
    [InlineData("timestamp", "\"2023-09-29T16:30:25\"", RejectionReason.TimestampWithoutZone)]
    [InlineData("timestamp", "\"2023-09-29T16:30:25.123\"", RejectionReason.TimestampWithoutZone)]
    [InlineData("timestamp", "\"1970-01-01T00:00:00Z\"", RejectionReason.TimestampOutOfRange)]
    [InlineData("timestamp", "\"1999-12-31T23:59:59Z\"", RejectionReason.TimestampOutOfRange)]
    [InlineData("timestamp", "\"9999-12-31T23:59:59Z\"", RejectionReason.TimestampOutOfRange)]
    [InlineData("timestamp", "\"2026-03-01T12:06:00Z\"", RejectionReason.TimestampOutOfRange)]
    [InlineData("timestamp", "\"2026-03-01T14:06:00+02:00\"", RejectionReason.TimestampOutOfRange)]
    public void A_field_with_a_wrong_value_is_rejected_by_name(string field, string json, RejectionReason reason)
    {
        var rejection = Rejected(SeedEvent.With(field, json));

        rejection.Reason.ShouldBe(reason, rejection.Detail);
        rejection.Detail.ShouldNotBeNullOrWhiteSpace();
        rejection.Detail.Length.ShouldBeLessThan(300);
    }

    [Theory]
    [InlineData("eventId", 128, 129, RejectionReason.InvalidField)]
    [InlineData("source", 256, 257, RejectionReason.InvalidField)]
    [InlineData("sensorLocation", 256, 257, RejectionReason.InvalidField)]
    [InlineData("version", 256, 257, RejectionReason.InvalidField)]
    [InlineData("metadata.model", 256, 257, RejectionReason.InvalidField)]
    [InlineData("systemMessage", 1024, 1025, RejectionReason.InvalidField)]
    [InlineData("data.sensorId", 128, 129, RejectionReason.InvalidSensorId)]
    [InlineData("data.sensorId", 1, 10_000, RejectionReason.InvalidSensorId)]
    [InlineData("eventId", 1, 10_000, RejectionReason.InvalidField)]
    public void A_text_may_be_so_long_and_no_longer(string field, int longest, int tooLong, RejectionReason reason)
    {
        Accepted(SeedEvent.With(field, Quoted(longest)));
        Rejected(SeedEvent.With(field, Quoted(tooLong))).Reason.ShouldBe(reason);

        static string Quoted(int length) => "\"" + new string('x', length) + "\"";
    }

    [Theory]
    [InlineData("mm/s (RMS, 10-1000 Hz)", "mm/s (RMS, 10-1000 Hz)")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxTOO LONG", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx😀", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("mm\\u0000/s", "mm /s")]
    public void A_unit_never_costs_a_reading(string json, string unit)
    {
        var known = new KnownTexts();
        for (var i = 0; i < 2; i++)
        {
            VibrationEventParser.TryParse(SeedEvent.With("data.unit", $"\"{json}\""), SeedEvent.ReceivedAt, out var vibrationEvent, out var rejection, known).ShouldBeTrue(rejection?.Detail);
            vibrationEvent.Reading.Unit.ShouldBe(unit);
        }
    }

    [Theory]
    [InlineData("2026-03-01T12:04:00Z", "2026-03-01T12:04:00.0000000Z")]
    [InlineData("2026-03-01T12:05:00Z", "2026-03-01T12:05:00.0000000Z")]
    [InlineData("2000-01-01T00:00:00Z", "2000-01-01T00:00:00.0000000Z")]
    [InlineData("2023-09-29T18:30:25+02:00", "2023-09-29T16:30:25.0000000Z")]
    [InlineData("2023-09-29T00:30:25-09:30", "2023-09-29T10:00:25.0000000Z")]
    [InlineData("2023-09-29T16:30Z", "2023-09-29T16:30:00.0000000Z")]
    [InlineData("2023-09-29T16:30:25.5Z", "2023-09-29T16:30:25.5000000Z")]
    [InlineData("2023-09-29T16:30:25.1234567Z", "2023-09-29T16:30:25.1234560Z")]
    [InlineData("2023-09-29T16:30:25.9999999Z", "2023-09-29T16:30:25.9999990Z")]
    public void A_timestamp_becomes_whole_microseconds_in_UTC(string sent, string stored)
    {
        var timestamp = Accepted(SeedEvent.With("timestamp", $"\"{sent}\"")).Reading.Timestamp;

        timestamp.UtcDateTime.ToString("O").ShouldBe(stored);
        timestamp.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_byte_order_mark_is_no_fault() => Accepted([.. Encoding.UTF8.Preamble, .. SeedEvent.Bytes]).Reading.Unit.ShouldBe("m/s²");

    [Fact]
    public void What_is_not_UTF8_is_rejected()
    {
        Rejected([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(SeedEvent.Text)]).Reason.ShouldBe(RejectionReason.InvalidEncoding);
        Rejected(Encoding.Latin1.GetBytes(SeedEvent.Text)).Reason.ShouldBe(RejectionReason.InvalidEncoding);
        Rejected([0xFF]).Reason.ShouldBe(RejectionReason.InvalidEncoding);
    }

    [Fact]
    public void A_payload_may_have_64_KiB_and_not_a_byte_more()
    {
        var full = new byte[VibrationEventParser.MaximumPayloadBytes];
        full.AsSpan().Fill((byte)' ');
        SeedEvent.Bytes.CopyTo(full, 0);

        Accepted(full).Reading.SensorId.ShouldBe("VB-42345");
        Rejected([.. full, (byte)' ']).Reason.ShouldBe(RejectionReason.PayloadTooLarge);
        Rejected(new byte[5_000_000]).Reason.ShouldBe(RejectionReason.PayloadTooLarge);
    }

    [Fact]
    public void Fields_that_are_not_known_are_ignored_whatever_they_hold()
    {
        Accepted(SeedEvent.With("firmware", "{\"data\":{\"sensorId\":17},\"list\":[1,[2,{}]]}")).Reading.SensorId.ShouldBe("VB-42345");
        Accepted(SeedEvent.With("data.temperature", "[null]")).Reading.Level.ShouldBe(12.5);
    }

    [Fact]
    public void Of_a_repeated_field_the_last_counts() =>
        Accepted(SeedEvent.With("data.vibrationLevel", "1, \"vibrationLevel\": 2")).Reading.Level.ShouldBe(2);

    [Theory]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("1e-320")]
    [InlineData("5e-324")]
    [InlineData("1e12")]
    public void The_extremes_of_a_level_are_accepted(string json) =>
        Accepted(SeedEvent.With("data.vibrationLevel", json)).Reading.Level.ShouldBe(double.Parse(json));

    [Theory]
    // The seed event's own numbers, with and without digits that JSON may drop.
    [InlineData("12.5", "4.0", "8.5", false)]
    [InlineData("12.5", "4", "8.50", false)]
    [InlineData("12.5", "4.0", "85e-1", false)]
    [InlineData("12.0", "4.0", "8", false)]
    // Wrong.
    [InlineData("12.5", "4.0", "9", true)]
    [InlineData("12.5", "4.0", "8", true)]
    [InlineData("12.5", "4.0", "0", true)]
    [InlineData("12.5", "4.0", "-8.5", true)]
    [InlineData("12.5", "4.0", "16.5", true)]
    [InlineData("12.5", "4.0", "1e12", true)]
    [InlineData("4.0", "12.5", "8.5", true)]
    // Within 1 % of the larger of the two, and beyond.
    [InlineData("100.00", "40.00", "61.00", false)]
    [InlineData("100.00", "40.00", "61.01", true)]
    [InlineData("40.00", "100.00", "-59.00", false)]
    [InlineData("40.00", "100.00", "-58.99", true)]
    // Rounded each on its own: 0.349, 0.051 and 0.298.
    [InlineData("0.3", "0.1", "0.3", false)]
    [InlineData("0.3", "0.1", "0.30", true)]
    [InlineData("0.3", "0.1", "0.4", true)]
    [InlineData("0.07348", "0.07001", "0", false)]
    [InlineData("0.07348", "0.07001", "0.015", true)]
    [InlineData("0.00350", "0.00150", "0.00350", true)]
    [InlineData("0.3", "0.15", "0.30", true)]
    [InlineData("0.30", "0.15", "0.165", true)]
    [InlineData("0.30", "0.15", "0.165000e0", true)]
    [InlineData("0.30", "0.15", "0.16", false)]
    // Below the baseline.
    [InlineData("0.01", "4.0", "-3.99", false)]
    [InlineData("0", "4.0", "-4.0", false)]
    [InlineData("0", "4.0", "4.0", true)]
    // Without a baseline there is no difference to compare.
    [InlineData("12.5", "0", "12.5", false)]
    [InlineData("12.5", "0.0", "99", false)]
    // Without a difference, nothing is contradicted.
    [InlineData("12.5", "4.0", "null", false)]
    // An exponent no number can have.
    [InlineData("12.5", "12.5", "0e99999", false)]
    public void A_reading_whose_difference_is_not_level_minus_baseline_is_suspect(string level, string baseline, string difference, bool suspect)
    {
        var payload = SeedEvent.Text.Replace("\"vibrationLevel\":12.5,", "\"vibrationLevel\":" + level + ",", StringComparison.Ordinal)
            .Replace("baselineVibrationLevel\":4.0", "baselineVibrationLevel\":" + baseline, StringComparison.Ordinal).Replace("8.5}", difference + "}", StringComparison.Ordinal);

        var reading = Accepted(Encoding.UTF8.GetBytes(payload)).Reading;

        (reading.Level, reading.Baseline, reading.IsSuspect).ShouldBe((double.Parse(level), double.Parse(baseline), suspect));
    }

    [Fact]
    public void A_difference_may_come_before_what_it_is_the_difference_of() =>
        Accepted(Encoding.UTF8.GetBytes(SeedEvent.Text.Replace("\"data\":{", "\"data\":{\"difference\":3,", StringComparison.Ordinal).Replace(",\"difference\":8.5", "", StringComparison.Ordinal)))
            .Reading.IsSuspect.ShouldBeTrue();

    [Fact]
    public void An_event_without_a_difference_is_not_suspect() => Accepted(SeedEvent.With("data.difference", null)).Reading.IsSuspect.ShouldBeFalse();

    private static VibrationEvent Accepted(byte[] payload)
    {
        VibrationEventParser.TryParse(payload, SeedEvent.ReceivedAt, out var vibrationEvent, out var rejection).ShouldBeTrue(rejection?.Detail);
        rejection.ShouldBeNull();
        return vibrationEvent;
    }

    private static Rejection Rejected(byte[] payload)
    {
        VibrationEventParser.TryParse(payload, SeedEvent.ReceivedAt, out var vibrationEvent, out var rejection).ShouldBeFalse();
        vibrationEvent.ShouldBe(default);
        return rejection!;
    }
}
