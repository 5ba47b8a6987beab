namespace VibeDash.Core.Alerts;

/// <summary>Trigger of a transition. Each one is a journal entry.</summary>
public enum AlertTrigger
{
    /// <summary>The condition has held for its on-delay, for the first time or again.</summary>
    Raised,

    /// <summary>The severity rose, so the alert must be acknowledged again.</summary>
    Worsened,

    /// <summary>The severity fell; the condition still holds.</summary>
    Eased,

    /// <summary>The condition has ended or, with a cause, no rule evaluates it any more.</summary>
    Cleared,

    /// <summary>A user acknowledged it.</summary>
    Acknowledged,

    /// <summary>The acknowledgement lapsed: it expired, or the level is much worse than at that time.</summary>
    Unacknowledged,

    /// <summary>A user shelved it.</summary>
    Shelved,

    /// <summary>The shelving expired, or a user ended it.</summary>
    Unshelved,

    /// <summary>The gate of its rule closed: the machine stopped.</summary>
    Suppressed,

    /// <summary>The gate opened again.</summary>
    Unsuppressed,

    /// <summary>The sensor or its machine was taken out of service.</summary>
    TakenOutOfService,

    /// <summary>It was returned to service.</summary>
    ReturnedToService,

    /// <summary>A user assigned or removed the owner.</summary>
    Assigned,

    /// <summary>A user wrote a comment.</summary>
    Commented,
}
