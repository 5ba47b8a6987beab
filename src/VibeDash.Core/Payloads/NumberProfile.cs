using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>Messages are a decimal number as text, such as <c>2.81</c>: the level, measured on arrival.</summary>
/// <param name="sensorId">The sensor id; null for the one in the topic.</param>
/// <param name="location">The location; null for the one in the topic.</param>
/// <param name="unit">The unit.</param>
/// <param name="baseline">The level of the healthy machine, in the unit; 0 means unknown.</param>
/// <param name="multiplier">Factor that converts the number to the unit.</param>
/// <param name="sign">What becomes of a negative level.</param>
public sealed class NumberProfile(string? sensorId, string? location, string unit, double baseline, double multiplier, LevelSign sign = LevelSign.NotNegative) : PayloadProfile
{
    private const string Field = "The payload";

    /// <inheritdoc/>
    public override string Name => "Number";

    /// <inheritdoc/>
    public override string Settings => string.Join(
        "; ",
        new[]
        {
            $"level{JsonReading.Scale(multiplier)} in {unit}",
            JsonReading.BaselineWords(baseline),
            SignWords(sign),
            sensorId is null ? null : $"sensor {sensorId}",
            location is null ? null : $"location {location}",
            "measured on arrival",
        }.OfType<string>());

    private protected override ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt)
    {
        var text = EventRules.Utf8Text(message.Payload.Span);
        if (!DecimalNumber.TryParse(text, out var number))
            throw new RejectedException(RejectionReason.InvalidNumber, "The payload is not a decimal number such as 12.5.");

        var level = EventRules.Level(EventRules.Bounded(number * multiplier, Field), sign, Field);
        var reading = new Reading(
            sensorId ?? SensorOf(topic), TimeOfArrival(message, receivedAt), DerivedEventId.Of(level, message.PacketId), level, baseline, unit);
        var facts = new SensorFacts(location ?? CheckLocation(topic.Location ?? ""), null, null, null, null);
        return [new(new(reading, facts, null), null, MayBeStored: message.Redelivered)];
    }
}
