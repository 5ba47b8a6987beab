namespace VibeDash.Core.Alerts;

/// <summary>A recorded time of an active alert.</summary>
/// <param name="Kind">Kind of the condition.</param>
/// <param name="Severity">Its last severity.</param>
/// <param name="From">Event time at which it was raised.</param>
/// <param name="To">Event time at which it cleared; null while active.</param>
public readonly record struct AlertSpan(ConditionKind Kind, Severity Severity, DateTimeOffset From, DateTimeOffset? To)
{
    /// <summary>True when this time and the given one, both ends inclusive, overlap.</summary>
    public bool Overlaps(DateTimeOffset from, DateTimeOffset to) => From <= to && (To is null || from <= To);
}
