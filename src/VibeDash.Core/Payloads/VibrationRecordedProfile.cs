namespace VibeDash.Core.Payloads;

/// <summary>The payload is a <c>VibrationRecorded</c> event: <see cref="Sensors.VibrationEventParser"/>.</summary>
public sealed class VibrationRecordedProfile : PayloadProfile
{
    /// <inheritdoc/>
    public override string Name => "VibrationRecorded";

    private protected override ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt) =>
        ReadSeedEvent(message.Payload.Span, topic, receivedAt);
}
