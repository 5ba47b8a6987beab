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

    /// <summary>
    /// What the sender says of the level. A reading that is not good is stored and drawn; it is neither evaluated nor counted, and is not the sensor's
    /// present level. Its level is the one sent, or 0 when it had none that could be stored.
    /// </summary>
    public ReadingQuality Quality { get; init; }

    /// <summary>True when <see cref="Quality"/> is good.</summary>
    public bool IsGood => Quality == ReadingQuality.Good;

    /// <summary>The same with level and baseline in another unit; null when they cannot be converted to it.</summary>
    public Reading? In(string unit) => unit == Unit ? this
        : VibrationUnit.TryConvert(Level, Unit, unit, out var level) && VibrationUnit.TryConvert(Baseline, Unit, unit, out var baseline)
            ? this with { Level = level, Baseline = baseline, Unit = unit }
            : null;
}
