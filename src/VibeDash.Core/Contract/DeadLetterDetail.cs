namespace VibeDash.Core.Contract;

/// <summary>A dead letter with everything kept of it. Exactly one of <paramref name="Text"/> and <paramref name="Bytes"/> is set.</summary>
/// <param name="Letter">The dead letter as listed.</param>
/// <param name="Text">The kept payload, when it is UTF-8.</param>
/// <param name="Bytes">The kept payload, when it is not UTF-8; Base64 in JSON.</param>
/// <param name="ContentType">MQTT 5 or HTTP content type, or null.</param>
/// <param name="UserProperties">MQTT 5 user properties, in order.</param>
/// <param name="Retained">True when the broker had retained the message from before the subscription.</param>
/// <param name="Source">Topic filter of the source that rejected it; null when no source was configured for its topic or it was not received over MQTT.</param>
public sealed record DeadLetterDetail(
    DeadLetter Letter, string? Text, byte[]? Bytes, string? ContentType, KeyValuePair<string, string>[] UserProperties, bool Retained, string? Source);
