namespace VibeDash.Core.Readings;

/// <summary>A well-formed <c>VibrationRecorded</c> event.</summary>
/// <param name="Reading">The measurement.</param>
/// <param name="Facts">Facts about its sensor.</param>
/// <param name="SystemMessage">The sender's own message, or null. Displayed with an alert raised by the event. When it calls the level critical, that may skip an on-delay.</param>
public readonly record struct VibrationEvent(Reading Reading, SensorFacts Facts, string? SystemMessage);
