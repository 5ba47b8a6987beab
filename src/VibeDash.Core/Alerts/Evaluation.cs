namespace VibeDash.Core.Alerts;

/// <summary>Result of a rule's evaluation at the moment it changes.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleVersion">Version of the rule.</param>
/// <param name="RuleName">Name of the rule in that version.</param>
/// <param name="Severity">Severity; when the condition has ended, the last one.</param>
/// <param name="Level">Compared value, in <paramref name="Unit"/>: for most kinds the level of the reading.</param>
/// <param name="Threshold">Threshold of the comparison, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit of both.</param>
/// <param name="Since">Event time at which the condition began to hold or, when it has ended, stopped holding.</param>
/// <param name="CalibrationAgeDays">Age of the sensor's calibration at that time, in days; null when unknown.</param>
public sealed record Evaluation(
    int RuleId, int RuleVersion, string RuleName, Severity Severity, double Level, double Threshold, string Unit, DateTimeOffset Since, int? CalibrationAgeDays);
