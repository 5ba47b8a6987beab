namespace VibeDash.Core.Alerts;

/// <summary>What happens to an alert. Each one is an entry of the journal.</summary>
public enum AlertTrigger
{
    /// <summary>The condition holds, for its on-delay; at first, or again.</summary>
    Raised,

    /// <summary>The severity rose. What was acknowledged was less, so that it is to be acknowledged anew.</summary>
    Worsened,

    /// <summary>The severity fell; the condition holds still.</summary>
    Eased,

    /// <summary>The condition has ended.</summary>
    Cleared,

    /// <summary>A person took note.</summary>
    Acknowledged,

    /// <summary>The acknowledgement no longer counts: its expiry has passed, or the level is much worse than at the time.</summary>
    Unacknowledged,

    /// <summary>A person put it aside for a while.</summary>
    Shelved,

    /// <summary>That while is over, or a person ended it.</summary>
    Unshelved,

    /// <summary>The gate of its rule closed: the machine stopped.</summary>
    Suppressed,

    /// <summary>The gate opened again.</summary>
    Unsuppressed,

    /// <summary>The sensor or its machine was taken out of service.</summary>
    TakenOutOfService,

    /// <summary>It was returned to service.</summary>
    ReturnedToService,

    /// <summary>A person made somebody the owner, or nobody.</summary>
    Assigned,

    /// <summary>A person wrote a comment.</summary>
    Commented,
}
