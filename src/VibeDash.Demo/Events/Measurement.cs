namespace VibeDash.Demo.Events;

/// <summary>What one event of the schedule says.</summary>
/// <param name="Slot">The slot of the event.</param>
/// <param name="Sensor">Number of the sensor in its fleet.</param>
/// <param name="Timestamp">Event time.</param>
/// <param name="Level">Level in m/s².</param>
/// <param name="Exceeds">True when the sensor says that the level is too high.</param>
public readonly record struct Measurement(long Slot, int Sensor, DateTimeOffset Timestamp, double Level, bool Exceeds);
