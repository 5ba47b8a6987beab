namespace VibeDash.Core.Alerts;

/// <summary>
/// Independent facts about an alert, from which its <see cref="State"/> is derived. Transitions follow ISA-18.2-2016, figure 5 ("alarm state
/// transition diagram"); several suppressions may apply at a time.
/// </summary>
/// <param name="IsActive">The condition holds.</param>
/// <param name="IsAcknowledged">Nothing is left to acknowledge.</param>
/// <param name="IsShelved">A user has shelved it.</param>
/// <param name="IsSuppressed">The gate of its rule is closed.</param>
/// <param name="IsOutOfService">Its sensor or machine is out of service.</param>
public readonly record struct AlertFacts(bool IsActive, bool IsAcknowledged, bool IsShelved = false, bool IsSuppressed = false, bool IsOutOfService = false)
{
    /// <summary>The condition does not hold, and nothing is left to acknowledge.</summary>
    public static AlertFacts Normal { get; } = new(IsActive: false, IsAcknowledged: true);

    /// <summary>The derived state.</summary>
    public AlertState State => this switch
    {
        { IsOutOfService: true } => AlertState.OutOfService,
        { IsSuppressed: true } => AlertState.SuppressedByDesign,
        { IsShelved: true } => AlertState.Shelved,
        { IsActive: true, IsAcknowledged: true } => AlertState.Acknowledged,
        { IsActive: true } => AlertState.Unacknowledged,
        { IsAcknowledged: true } => AlertState.Normal,
        _ => AlertState.ReturnedUnacknowledged,
    };

    /// <summary>The facts after <paramref name="trigger"/>, or null when it is not possible in this state.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="isBackfilled">Detected later, so there is nothing to acknowledge.</param>
    public AlertFacts? After(AlertTrigger trigger, bool isBackfilled = false) => trigger switch
    {
        AlertTrigger.Raised => IsActive ? null : this with { IsActive = true, IsAcknowledged = isBackfilled },
        AlertTrigger.Worsened => IsActive ? this with { IsAcknowledged = isBackfilled } : null,
        AlertTrigger.Eased => IsActive ? this : null,
        AlertTrigger.Cleared => IsActive ? this with { IsActive = false } : null,
        AlertTrigger.Acknowledged => State is AlertState.Unacknowledged or AlertState.ReturnedUnacknowledged ? this with { IsAcknowledged = true } : null,
        AlertTrigger.Unacknowledged => State == AlertState.Acknowledged ? this with { IsAcknowledged = false } : null,
        AlertTrigger.Shelved => IsShelved || IsOutOfService ? null : this with { IsShelved = true },
        AlertTrigger.Unshelved => IsShelved ? (this with { IsShelved = false }).Surfaced() : null,
        AlertTrigger.Suppressed => IsSuppressed ? null : this with { IsSuppressed = true },
        AlertTrigger.Unsuppressed => IsSuppressed ? (this with { IsSuppressed = false }).Surfaced() : null,
        AlertTrigger.TakenOutOfService => IsOutOfService ? null : this with { IsOutOfService = true },
        AlertTrigger.ReturnedToService => IsOutOfService ? (this with { IsOutOfService = false }).Surfaced() : null,
        AlertTrigger.Assigned => State == AlertState.Normal ? null : this,
        AlertTrigger.Commented => this,
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "Not a trigger."),
    };

    // At the end of the last suppression, an alert whose condition holds must be acknowledged; any other ends.
    private AlertFacts Surfaced() => IsShelved || IsSuppressed || IsOutOfService ? this : this with { IsAcknowledged = !IsActive };
}
