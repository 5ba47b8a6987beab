namespace VibeDash.Core.Contract;

/// <summary>All that is kept of a dead letter. Exactly one of <paramref name="Text"/> and <paramref name="Bytes"/> is given.</summary>
/// <param name="Letter">What the list shows.</param>
/// <param name="Text">The payload as it is kept, when it is UTF-8.</param>
/// <param name="Bytes">The payload as it is kept, when it is not UTF-8; Base64 in JSON.</param>
/// <param name="ContentType">MQTT 5 or HTTP content type, or null.</param>
/// <param name="UserProperties">MQTT 5 user properties, in order.</param>
/// <param name="Retained">True when the broker had kept it from before the subscription.</param>
/// <param name="Source">Topic filter of the source that refused it; null when none was configured for its topic or it did not come over MQTT.</param>
public sealed record DeadLetterDetail(
    DeadLetter Letter, string? Text, byte[]? Bytes, string? ContentType, KeyValuePair<string, string>[] UserProperties, bool Retained, string? Source);
