namespace VibeDash.Core.Alerts;

/// <summary>A time for which an alert is on record as active.</summary>
/// <param name="Kind">Kind of the condition.</param>
/// <param name="Severity">Its severity, the last.</param>
/// <param name="From">Event time at which it was raised.</param>
/// <param name="To">Event time at which it cleared; null while it is active.</param>
public readonly record struct AlertSpan(ConditionKind Kind, Severity Severity, DateTimeOffset From, DateTimeOffset? To)
{
    /// <summary>True when the two times have an instant in common.</summary>
    public bool Overlaps(DateTimeOffset from, DateTimeOffset to) => From <= to && (To is null || from <= To);
}
