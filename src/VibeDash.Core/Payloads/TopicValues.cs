namespace VibeDash.Core.Payloads;

/// <summary>Values of the named levels of a topic.</summary>
/// <param name="Sensor">Value of level <c>{sensor}</c>, or null.</param>
/// <param name="Location">Values of the other named levels, joined by commas, the machine last; null when there are none.</param>
public readonly record struct TopicValues(string? Sensor, string? Location);
