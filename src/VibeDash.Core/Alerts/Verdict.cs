namespace VibeDash.Core.Alerts;

/// <summary>A change in what a rule finds in the readings of a sensor.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Rule">The rule.</param>
/// <param name="At">Event time of the change.</param>
/// <param name="Since">Event time of the first of the readings in a row that led to it.</param>
/// <param name="Severity">Severity found; of a condition that has ended, the last.</param>
/// <param name="Value">What was compared, in the unit of the rule.</param>
/// <param name="Threshold">What it was compared with.</param>
public readonly record struct Verdict(
    VerdictKind Kind, SensorRule Rule, DateTimeOffset At, DateTimeOffset Since, Severity Severity, double Value, double Threshold);
