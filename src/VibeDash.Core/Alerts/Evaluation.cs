namespace VibeDash.Core.Alerts;

/// <summary>What a rule finds in the readings of a sensor, at the moment it changes.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleVersion">Its version that evaluated.</param>
/// <param name="RuleName">Its name at that version.</param>
/// <param name="Severity">Severity found; when the condition has ended, the last one.</param>
/// <param name="Level">What was compared, in <paramref name="Unit"/>: of most kinds the level of the reading.</param>
/// <param name="Threshold">What it was compared with, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit of both.</param>
/// <param name="Since">Event time at which the condition began to hold or, when it has ended, to be absent.</param>
/// <param name="CalibrationAgeDays">Age of the sensor's calibration at the time, in days; null when its date is not known.</param>
public sealed record Evaluation(
    int RuleId, int RuleVersion, string RuleName, Severity Severity, double Level, double Threshold, string Unit, DateTimeOffset Since, int? CalibrationAgeDays);
