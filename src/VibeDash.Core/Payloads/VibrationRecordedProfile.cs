using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>The payload is a <c>VibrationRecorded</c> event: <see cref="VibrationEventParser"/>.</summary>
public sealed class VibrationRecordedProfile : PayloadProfile
{
    /// <inheritdoc/>
    public override string Name => "VibrationRecorded";

    /// <summary>Reads a message, which holds exactly one reading, without making anew what <paramref name="known"/> has.</summary>
    public static ReadingOutcome ReadOne(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt, KnownTexts known)
    {
        try
        {
            EventRules.Size(message.PayloadBytes);
            return ReadSeedEvent(message.Payload.Span, topic, receivedAt, known);
        }
        catch (RejectedException rejected)
        {
            return new(null, rejected.Rejection);
        }
    }

    private protected override ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt) =>
        [ReadSeedEvent(message.Payload.Span, topic, receivedAt)];
}
