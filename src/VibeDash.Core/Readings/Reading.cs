namespace VibeDash.Core.Readings;

/// <summary>One vibration measurement as stored and evaluated. Immutable.</summary>
/// <param name="SensorId">The sensor; satisfies <see cref="Readings.SensorId.IsValid"/>.</param>
/// <param name="Timestamp">Event time by the sensor's clock: UTC, whole microseconds.</param>
/// <param name="EventId">The sender's opaque identifier, 1 to 128 characters. Unique together with sensor and timestamp.</param>
/// <param name="Level">Measured vibration in <paramref name="Unit"/>; its magnitude is at most <see cref="MaximumLevel"/>. Negative only from a source with <see cref="LevelSign.AsSent"/>.</param>
/// <param name="Baseline">The level of the healthy machine, in <paramref name="Unit"/>; not negative, at most <see cref="MaximumLevel"/>. 0 means unknown.</param>
/// <param name="Unit">Unit symbol as sent, for example <c>m/s²</c>.</param>
public sealed record Reading(string SensorId, DateTimeOffset Timestamp, string EventId, double Level, double Baseline, string Unit)
{
    /// <summary>
    /// Largest magnitude of a number that a sender or a person gives, in any unit: far beyond every vibration, and so small that sums, multiples and
    /// converted units of such numbers stay finite.
    /// </summary>
    public const double MaximumLevel = 1e12;

    /// <summary>
    /// True when the sender's own difference contradicts level − baseline (<see cref="SentDifference"/>), so one of the three numbers is wrong. The
    /// reading is stored and evaluated anyway. False, the default, when consistent, or sent without difference or baseline.
    /// </summary>
    public bool IsSuspect { get; init; }
}
