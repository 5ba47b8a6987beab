using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>A reading with all that its evaluation depends on.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="Baseline">The baseline in force, in the reading's unit; 0 when unknown.</param>
/// <param name="CalibrationDate">Date of the sensor's last calibration, or null.</param>
/// <param name="MachineRuns">What the machine's state topic says; true when it says nothing.</param>
/// <param name="MachineSince">Since when that is so; the earliest time there is when it always was, as far as is known.</param>
/// <param name="Message">The sensor's own message on the event, or null.</param>
public readonly record struct EvaluatedReading(
    Reading Reading, double Baseline, DateOnly? CalibrationDate = null, bool MachineRuns = true, DateTimeOffset MachineSince = default, string? Message = null)
{
    /// <summary>Age of the calibration at the time of the reading, in days, or null.</summary>
    public int? CalibrationAgeDays => CalibrationDate is { } date ? DateOnly.FromDateTime(Reading.Timestamp.UtcDateTime).DayNumber - date.DayNumber : null;
}
