namespace VibeDash.Core.Alerts;

/// <summary>A change in what a rule finds in the readings of a sensor.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Rule">The rule.</param>
/// <param name="At">Event time of the change.</param>
/// <param name="Since">Event time of the first of the readings in a row that led to it.</param>
/// <param name="Severity">Severity found; of a condition that has ended, the last.</param>
/// <param name="Value">What was compared, in the unit of the rule.</param>
/// <param name="Threshold">What it was compared with.</param>
public readonly record struct Finding(
    FindingKind Kind, SensorRule Rule, DateTimeOffset At, DateTimeOffset Since, Severity Severity, double Value, double Threshold)
{
    /// <summary>What it makes of an alert.</summary>
    /// <param name="alert">The open alert of its kind, or null.</param>
    /// <param name="calibrationAgeDays">Age of the sensor's calibration, or null.</param>
    /// <param name="message">The sensor's own message on the event, or null.</param>
    /// <returns>The entry to be, or null when it says nothing new of the alert.</returns>
    internal AlertTransition? Draft(Alert? alert, int? calibrationAgeDays, string? message)
    {
        AlertTrigger? trigger = Kind switch
        {
            FindingKind.Worse when alert is { Facts.IsActive: true } => alert.Severity < Severity ? AlertTrigger.Worsened : null,
            FindingKind.Worse => AlertTrigger.Raised,
            _ when alert is null => null,
            FindingKind.Better => AlertTrigger.Eased,
            _ => AlertTrigger.Cleared,
        };
        if (trigger is not { } happens)
            return null;

        var rule = Rule.Rule;
        return AlertTransition.Draft(happens, At) with
        {
            Evaluation = new(rule.Id, rule.Version, rule.Name, Severity, Value, Threshold, Rule.Unit, Since, calibrationAgeDays),
            Note = happens == AlertTrigger.Raised ? message : null,
        };
    }
}
