namespace VibeDash.Core.Payloads;

/// <summary>What the named levels of a topic say.</summary>
/// <param name="Sensor">The level <c>{sensor}</c>, or null.</param>
/// <param name="Location">The other named levels, joined by commas, the machine last; null when there are none.</param>
public readonly record struct TopicValues(string? Sensor, string? Location);
