using MQTTnet;

namespace VibeDash.Simulator.Sending;

/// <summary>An event on its way.</summary>
internal sealed class InFlight(string eventId, MqttApplicationMessage message)
{
    public string EventId { get; } = eventId;

    public MqttApplicationMessage Message { get; } = message;

    /// <summary>The latest attempt to send it; null before the first.</summary>
    public Task<MqttClientPublishResult>? Attempt { get; set; }

    public bool IsAnswered => Attempt is { IsCompletedSuccessfully: true };
}
