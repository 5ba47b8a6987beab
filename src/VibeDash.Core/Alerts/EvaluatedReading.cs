using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>A reading with all inputs of its evaluation.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="Baseline">The baseline in force, in the reading's unit; 0 when unknown.</param>
/// <param name="CalibrationDate">Date of the sensor's last calibration, or null.</param>
/// <param name="MachineRuns">Run state reported for the machine; true when none is reported.</param>
/// <param name="MachineSince">Start of that state; the minimum time when it is not known.</param>
/// <param name="Message">The sensor's own message in the event, or null.</param>
/// <param name="ClockOff">How far the sensor's clock was off on arrival, ahead or behind, in seconds; NaN when not known: it is not stored.</param>
public readonly record struct EvaluatedReading(
    Reading Reading, double Baseline, DateOnly? CalibrationDate = null, bool MachineRuns = true, DateTimeOffset MachineSince = default, string? Message = null,
    double ClockOff = double.NaN)
{
    /// <summary>
    /// Severity that, on record, an alert of the sensor reached with this reading; null for none. In a re-evaluation it stands for the message that let
    /// the alert skip its on-delay, since messages are not stored with readings.
    /// </summary>
    public Severity? Reached { get; init; }

    /// <summary>Age of the calibration at the time of the reading, in days, or null.</summary>
    public int? CalibrationAgeDays => AgeDays(CalibrationDate, Reading.Timestamp);

    /// <summary>Age of a calibration at a time, in days; null when its date is not known.</summary>
    public static int? AgeDays(DateOnly? calibrationDate, DateTimeOffset at) =>
        calibrationDate is { } date ? DateOnly.FromDateTime(at.UtcDateTime).DayNumber - date.DayNumber : null;
}
