namespace VibeDash.Core.Alerts;

/// <summary>
/// An entry of the alert journal: the complete, ordered history of an alert, from which <see cref="Alert.Replay"/> derives its current state.
/// Append-only.
/// </summary>
/// <param name="Position">Position in the journal, from 1 without gaps, across all alerts.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="Trigger">The trigger.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="At">Event time of the reading, or server time of a user's action or an expiry.</param>
public sealed record AlertTransition(long Position, long AlertId, AlertTrigger Trigger, AlertState From, AlertState To, DateTimeOffset At)
{
    /// <summary>Creates an entry without a position: <see cref="Alert.Append"/> assigns it.</summary>
    public static AlertTransition Draft(AlertTrigger trigger, DateTimeOffset at) => new(0, 0, trigger, default, default, at);

    /// <summary>The evaluation of a reading or a silence; null for a user's action.</summary>
    public Evaluation? Evaluation { get; init; }

    /// <summary>The user who acted, on the alert or, with a <see cref="Cause"/>, on what evaluates it; null for an automatic transition.</summary>
    public string? By { get; init; }

    /// <summary>Text of the user or the sensor; null when there is none.</summary>
    public string? Note { get; init; }

    /// <summary>Cause of an automatic transition without an evaluation, or of a silence; else null.</summary>
    public AlertCause? Cause { get; init; }

    /// <summary>The owner from now on, where one was named.</summary>
    public string? Owner { get; init; }

    /// <summary>End of a shelving, or expiry of an acknowledgement.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Current level for a user's action that depends on it, in the alert's unit.</summary>
    public double? Level { get; init; }

    /// <summary>True when late-arriving readings revealed it: it was not notified at the time, and is not now.</summary>
    public bool IsBackfilled { get; init; }
}
