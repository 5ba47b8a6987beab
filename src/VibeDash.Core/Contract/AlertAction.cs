using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>What a person does to one or several alerts.</summary>
/// <param name="Trigger">What: <see cref="AlertTrigger.Acknowledged"/>, <see cref="AlertTrigger.Shelved"/>, <see cref="AlertTrigger.Unshelved"/>,
/// <see cref="AlertTrigger.Assigned"/> or <see cref="AlertTrigger.Commented"/>.</param>
/// <param name="By">Who; 1 to <see cref="MaximumNameLength"/> characters.</param>
public sealed record AlertAction(AlertTrigger Trigger, string By)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>Longest note, in characters.</summary>
    public const int MaximumNoteLength = 1000;

    /// <summary>Most alerts at once.</summary>
    public const int MaximumAlerts = 500;

    /// <summary>What is wrong with the name of who does something, in one sentence, or null when nothing is.</summary>
    public static string? NameFault(string? by) =>
        string.IsNullOrWhiteSpace(by) || by.Length > MaximumNameLength ? $"'by' must have 1 to {MaximumNameLength} characters." : null;

    /// <summary>The alerts.</summary>
    public long[] AlertIds { get; init => field = value ?? []; } = [];

    /// <summary>With <see cref="Kind"/>, instead of <see cref="AlertIds"/>: the sensor of an alert that is to be shelved, whether it is raised or not.</summary>
    public string? SensorId { get; init; }

    /// <summary>See <see cref="SensorId"/>.</summary>
    public ConditionKind? Kind { get; init; }

    /// <summary>The note, reason or comment; at most <see cref="MaximumNoteLength"/> characters. Needed to shelve and to comment.</summary>
    public string? Note { get; init; }

    /// <summary>The owner to be; when assigning, null or blank is nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>When the acknowledgement expires, or the shelving ends. Needed to shelve.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What is wrong with it, in one sentence, or null when nothing is.</summary>
    /// <param name="now">The server's clock.</param>
    /// <param name="maximumShelving">For how long an alert may be shelved.</param>
    public string? Fault(DateTimeOffset now, TimeSpan maximumShelving) => this switch
    {
        { Trigger: not (AlertTrigger.Acknowledged or AlertTrigger.Shelved or AlertTrigger.Unshelved or AlertTrigger.Assigned or AlertTrigger.Commented) } =>
            "'trigger' must be Acknowledged, Shelved, Unshelved, Assigned or Commented.",
        _ when string.IsNullOrWhiteSpace(By) => "Say who does it: 'by' is missing.",
        _ when By.Length > MaximumNameLength => $"'by' is limited to {MaximumNameLength} characters.",
        _ when Owner?.Length > MaximumNameLength => $"'owner' is limited to {MaximumNameLength} characters.",
        _ when Note?.Length > MaximumNoteLength => $"'note' is limited to {MaximumNoteLength} characters.",
        { AlertIds.Length: > MaximumAlerts } => $"At most {MaximumAlerts} alerts at once.",
        { AlertIds.Length: 0, SensorId: null } => "Say which alerts: 'alertIds' is missing.",
        { SensorId: not null } when Trigger != AlertTrigger.Shelved || Kind is null || AlertIds.Length > 0 => "'sensorId' goes with 'kind', to shelve, without 'alertIds'.",
        { Trigger: AlertTrigger.Shelved or AlertTrigger.Commented } when string.IsNullOrWhiteSpace(Note) => "Say why: 'note' is missing.",
        { Trigger: AlertTrigger.Shelved, Until: null } => "Say until when: 'until' is missing.",
        { Trigger: AlertTrigger.Shelved, Until: { } until } when until > now + maximumShelving => $"An alert may be shelved for {maximumShelving.TotalHours:0.##} hours at most.",
        { Until: { } until } when until <= now => "'until' must be in the future.",
        _ => null,
    };

    /// <summary>The journal entry it asks for.</summary>
    /// <param name="now">The server's clock.</param>
    public AlertTransition Draft(DateTimeOffset now) => AlertTransition.Draft(Trigger, now) with
    {
        By = By.Trim(),
        Note = Text(Note),
        Owner = Text(Owner),
        Until = Trigger is AlertTrigger.Acknowledged or AlertTrigger.Shelved ? Until : null,
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
