namespace VibeDash.Core.Alerts;

/// <summary>A change in a rule's evaluation of a sensor.</summary>
/// <param name="Kind">Kind of the change.</param>
/// <param name="Rule">The rule.</param>
/// <param name="At">Event time of the change.</param>
/// <param name="Since">Event time of the first of the consecutive readings that led to it.</param>
/// <param name="Severity">Severity; when the condition has ended, the last one.</param>
/// <param name="Value">Compared value, in the unit of the rule.</param>
/// <param name="Threshold">Threshold of the comparison.</param>
public readonly record struct Finding(
    FindingKind Kind, SensorRule Rule, DateTimeOffset At, DateTimeOffset Since, Severity Severity, double Value, double Threshold)
{
    /// <summary>Converts to a transition of an alert.</summary>
    /// <param name="alert">The open alert of its kind, or null.</param>
    /// <param name="calibrationAgeDays">Age of the sensor's calibration, or null.</param>
    /// <param name="message">The sensor's own message in the event, or null.</param>
    /// <returns>The transition, or null when it does not change the alert.</returns>
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
