namespace VibeDash.Core.Readings;

/// <summary>A well-formed <c>VibrationRecorded</c> event.</summary>
/// <param name="Reading">The measurement.</param>
/// <param name="Facts">What the event says about its sensor.</param>
/// <param name="SystemMessage">The sender's own message, or null. Shown with an alert the event raises; never interpreted.</param>
public readonly record struct VibrationEvent(Reading Reading, SensorFacts Facts, string? SystemMessage);
