namespace VibeDash.Core.Alerts;

/// <summary>A time in which the condition of an alert held: one alert has several when it was raised again before an acknowledgement.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Kind">Kind of the condition.</param>
/// <param name="Severity">Its last severity.</param>
/// <param name="From">Event time at which it was raised.</param>
/// <param name="To">Event time at which it cleared; null while active.</param>
public readonly record struct AlertSpan(long AlertId, ConditionKind Kind, Severity Severity, DateTimeOffset From, DateTimeOffset? To)
{
    /// <summary>True when this time and the given one, both ends inclusive, overlap.</summary>
    public bool Overlaps(DateTimeOffset from, DateTimeOffset to) => From <= to && (To is null || from <= To);

    /// <summary>The present or last time of an alert; null when it was never raised.</summary>
    public static AlertSpan? Of(Alert alert) =>
        alert.RaisedAt is { } raised ? new(alert.Id, alert.Kind, alert.Severity, raised, alert.Facts.IsActive ? null : alert.ClearedAt) : null;

    /// <summary>The times in a journal.</summary>
    /// <param name="kind">Kind of the alert.</param>
    /// <param name="journal">Entries of one alert, in order; it may begin with any entry.</param>
    public static List<AlertSpan> Of(ConditionKind kind, IEnumerable<AlertTransition> journal)
    {
        var spans = new List<AlertSpan>();
        foreach (var transition in journal)
        {
            if (transition is { Trigger: AlertTrigger.Raised, Evaluation: { } found })
                spans.Add(new(transition.AlertId, kind, found.Severity, transition.At, To: null));
            else if (spans is [.., { To: null } last])
                spans[^1] = last with { Severity = transition.Evaluation is { } later && transition.Trigger != AlertTrigger.Cleared ? later.Severity : last.Severity, To = transition.Trigger == AlertTrigger.Cleared ? transition.At : null };
        }

        return spans;
    }
}
