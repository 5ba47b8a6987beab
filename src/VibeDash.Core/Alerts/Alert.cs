namespace VibeDash.Core.Alerts;

/// <summary>One rule's alert on one sensor, from the first reading above the threshold to its end. Immutable; a change is a new value.</summary>
/// <param name="Id">Number in order of raising, from 1; 0 while <see cref="AlertState.Pending"/>.</param>
/// <param name="SensorId">The sensor.</param>
/// <param name="RuleId">The rule that raised it.</param>
/// <param name="RuleVersion">That rule's version at the time.</param>
/// <param name="RuleName">That rule's name at the time.</param>
/// <param name="Severity">Severity of the rule.</param>
/// <param name="State">Current state.</param>
/// <param name="Since">Event time of the first reading above the threshold.</param>
/// <param name="Readings">Consecutive readings above the threshold so far; counts no further than the hold duration.</param>
/// <param name="Level">Level of the reading that raised it (while pending: of the latest).</param>
/// <param name="Threshold">The threshold in <paramref name="Unit"/> that reading was judged against.</param>
/// <param name="PeakLevel">Highest level since <paramref name="Since"/>.</param>
/// <param name="Unit">Unit of the levels.</param>
/// <param name="Message">The sensor's own message on the event that raised it, or null.</param>
public sealed record Alert(
    long Id,
    string SensorId,
    int RuleId,
    int RuleVersion,
    string RuleName,
    Severity Severity,
    AlertState State,
    DateTimeOffset Since,
    int Readings,
    double Level,
    double Threshold,
    double PeakLevel,
    string Unit,
    string? Message)
{
    /// <summary>Event time at which it was raised; null while pending.</summary>
    public DateTimeOffset? RaisedAt { get; init; }

    /// <summary>Server time of the acknowledgement, or null.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who acknowledged it, or null.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>The note given with the acknowledgement, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Event time at which it cleared, or null.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>True while it is raised and has not cleared.</summary>
    public bool IsOpen => State is AlertState.Active or AlertState.Acknowledged;
}
