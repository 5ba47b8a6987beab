namespace VibeDash.Demo.Events;

/// <summary>The measurement in one event of a schedule.</summary>
/// <param name="Slot">The slot of the event.</param>
/// <param name="Sensor">Number of the sensor in its fleet.</param>
/// <param name="Timestamp">Event time.</param>
/// <param name="Level">Level in m/s².</param>
/// <param name="Exceeds">True when the event carries the message that the level exceeds the acceptable threshold.</param>
public readonly record struct Measurement(long Slot, int Sensor, DateTimeOffset Timestamp, double Level, bool Exceeds);
