using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>Messages are <c>VibrationRecorded</c> events: <see cref="VibrationEventParser"/>.</summary>
/// <param name="sign">What becomes of a negative level.</param>
public sealed class VibrationRecordedProfile(LevelSign sign = LevelSign.NotNegative) : PayloadProfile
{
    /// <inheritdoc/>
    public override string Name => "VibrationRecorded";

    /// <inheritdoc/>
    public override string Settings => SignWords(sign) ?? "";

    /// <summary>Parses a message of exactly one reading, reusing the texts in <paramref name="known"/>.</summary>
    public ReadingOutcome ReadOne(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt, KnownTexts known)
    {
        try
        {
            EventRules.Size(message.PayloadBytes);
            return ReadSeedEvent(message.Payload.Span, topic, receivedAt, sign, known);
        }
        catch (RejectedException rejected)
        {
            return new(null, rejected.Rejection);
        }
    }

    private protected override ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt) =>
        [ReadSeedEvent(message.Payload.Span, topic, receivedAt, sign)];
}
