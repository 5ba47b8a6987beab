using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>An action of a person on one or several alerts.</summary>
/// <param name="Trigger">The action: <see cref="AlertTrigger.Acknowledged"/>, <see cref="AlertTrigger.Shelved"/>, <see cref="AlertTrigger.Unshelved"/>,
/// <see cref="AlertTrigger.Assigned"/> or <see cref="AlertTrigger.Commented"/>.</param>
public sealed record AlertAction(AlertTrigger Trigger)
{
    /// <summary>Maximum length of a note, in characters.</summary>
    public const int MaximumNoteLength = 1000;

    /// <summary>Maximum number of alerts in one action.</summary>
    public const int MaximumAlerts = 500;

    /// <summary>The alerts.</summary>
    public long[] AlertIds { get; init => field = value ?? []; } = [];

    /// <summary>With <see cref="Kind"/>, instead of <see cref="AlertIds"/>: the sensor of the alert to shelve, raised or not.</summary>
    public string? SensorId { get; init; }

    /// <summary>Kind of the alert to shelve: see <see cref="SensorId"/>.</summary>
    public ConditionKind? Kind { get; init; }

    /// <summary>The note, reason or comment; at most <see cref="MaximumNoteLength"/> characters. Required to shelve and to comment.</summary>
    public string? Note { get; init; }

    /// <summary>The new owner. When assigning, null or blank removes the owner.</summary>
    public string? Owner { get; init; }

    /// <summary>When the acknowledgement expires, or the shelving ends. Required to shelve.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The first fault; null when there is none.</summary>
    /// <param name="now">The server's clock.</param>
    /// <param name="maximumShelving">Maximum duration of a shelving.</param>
    public FieldFault? Fault(DateTimeOffset now, TimeSpan maximumShelving) => this switch
    {
        { Trigger: not (AlertTrigger.Acknowledged or AlertTrigger.Shelved or AlertTrigger.Unshelved or AlertTrigger.Assigned or AlertTrigger.Commented) } =>
            FieldFault.Of("trigger", FaultCode.ActionUnknown),
        { Owner.Length: > Actor.MaximumLength } => FieldFault.Of("owner", FaultCode.TooLong, Actor.MaximumLength),
        { Note.Length: > MaximumNoteLength } => FieldFault.Of("note", FaultCode.TooLong, MaximumNoteLength),
        _ when PlainText.HasControl(Owner) => FieldFault.Of("owner", FaultCode.TextControl),
        _ when PlainText.HasControlInLines(Note) => FieldFault.Of("note", FaultCode.TextControl),
        { AlertIds.Length: > MaximumAlerts } => FieldFault.Of("alertIds", FaultCode.TooManyAlerts, MaximumAlerts),
        { AlertIds.Length: 0, SensorId: null } => FieldFault.Of("alertIds", FaultCode.AlertsMissing),
        { SensorId: not null } when Trigger != AlertTrigger.Shelved || Kind is null || AlertIds.Length > 0 => FieldFault.Of("sensorId", FaultCode.SensorNeedsKind),
        { Trigger: AlertTrigger.Shelved or AlertTrigger.Commented } when string.IsNullOrWhiteSpace(Note) => FieldFault.Of("note", FaultCode.ReasonMissing),
        { Trigger: AlertTrigger.Shelved, Until: null } => FieldFault.Of("until", FaultCode.UntilMissing),
        { Trigger: AlertTrigger.Shelved, Until: { } until } when until > now + maximumShelving =>
            FieldFault.Of("until", FaultCode.ShelvedTooLong, Math.Round(maximumShelving.TotalHours, 2)),
        { Until: { } until } when until <= now => FieldFault.Of("until", FaultCode.NotInFuture),
        _ => null,
    };

    /// <summary>Draft of the journal entry for this action.</summary>
    /// <param name="actor">The person.</param>
    /// <param name="now">The server's clock.</param>
    public AlertTransition Draft(Actor actor, DateTimeOffset now) => AlertTransition.Draft(Trigger, now) with
    {
        By = actor.Name,
        Note = Text(Note),
        Owner = Text(Owner),
        Until = Trigger is AlertTrigger.Acknowledged or AlertTrigger.Shelved ? Until : null,
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
