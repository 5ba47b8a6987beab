using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>The acknowledgement of all alerts that match a filter and that a person has seen.</summary>
/// <param name="Filter">Selects the alerts; without criteria all that are not acknowledged.</param>
/// <param name="UpTo">Journal position up to which the person has seen the alerts: one raised, or that asks anew, after it is refused.</param>
public sealed record AlertBulkAcknowledgement(AlertCriteria? Filter, long? UpTo)
{
    /// <summary>The note, or null; at most <see cref="AlertAction.MaximumNoteLength"/> characters.</summary>
    public string? Note { get; init; }

    /// <summary>The owner, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>When the acknowledgement expires, or null.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The first fault; null when there is none.</summary>
    /// <param name="now">The server's clock.</param>
    public FieldFault? Fault(DateTimeOffset now) => this switch
    {
        { Filter: null } => FieldFault.Of("filter", FaultCode.Missing),
        { UpTo: null } => FieldFault.Of("upTo", FaultCode.Missing),
        _ => TextFault("filter.sensorId", Filter.SensorId) ?? TextFault("filter.place", Filter.Place) ?? TextFault("filter.machine", Filter.Machine) ?? Of(alertId: 0).Fault(now, TimeSpan.Zero),
    };

    /// <summary>The action on one of the alerts.</summary>
    public AlertAction Of(long alertId) => new(AlertTrigger.Acknowledged) { AlertIds = [alertId], Note = Note, Owner = Owner, Until = Until };

    // The record of commands keeps them.
    private static FieldFault? TextFault(string field, string? text) =>
        text is { Length: > AlertScope.MaximumLength } ? FieldFault.Of(field, FaultCode.TooLong, AlertScope.MaximumLength)
        : PlainText.HasControl(text) ? FieldFault.Of(field, FaultCode.TextControl)
        : null;
}
