namespace VibeDash.Core.Readings;

/// <summary>One vibration measurement, as it is stored and evaluated. Immutable.</summary>
/// <param name="SensorId">The sensor; satisfies <see cref="Readings.SensorId.IsValid"/>.</param>
/// <param name="Timestamp">Event time by the sensor's clock: UTC, whole microseconds.</param>
/// <param name="EventId">The sender's opaque identifier, 1 to 128 characters. With sensor and timestamp it names a reading uniquely.</param>
/// <param name="Level">Measured vibration in <paramref name="Unit"/>; finite, not negative.</param>
/// <param name="Baseline">The level of the healthy machine, in <paramref name="Unit"/>; finite, not negative. 0 means unknown.</param>
/// <param name="Unit">Unit symbol as sent, for example <c>m/s²</c>.</param>
public sealed record Reading(string SensorId, DateTimeOffset Timestamp, string EventId, double Level, double Baseline, string Unit)
{
    /// <summary>
    /// True when the sender's own difference is not level − baseline (<see cref="SentDifference"/>), so that one of the three numbers is wrong.
    /// Such a reading is kept and evaluated all the same. False, the default, when nothing contradicts it, or it came without difference or baseline.
    /// </summary>
    public bool IsSuspect { get; init; }
}
