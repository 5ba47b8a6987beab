namespace VibeDash.Core.Alerts;

/// <summary>
/// One entry of the alert journal: all that happened to an alert, in order, from which <see cref="Alert.Replay"/> makes the alert as it stands.
/// Appended, never edited.
/// </summary>
/// <param name="Position">Place in the journal, from 1 without gaps, across all alerts.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="Trigger">What happened.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="At">When: event time of the reading, or server time of a person's action or of a time that ran out.</param>
public sealed record AlertTransition(long Position, long AlertId, AlertTrigger Trigger, AlertState From, AlertState To, DateTimeOffset At)
{
    /// <summary>An entry to be: <see cref="Alert.Append"/> gives it its place.</summary>
    public static AlertTransition Draft(AlertTrigger trigger, DateTimeOffset at) => new(0, 0, trigger, default, default, at);

    /// <summary>The evaluation, where a reading or its absence was evaluated; null for a person's action.</summary>
    public Evaluation? Evaluation { get; init; }

    /// <summary>Who acted; null when nobody did.</summary>
    public string? By { get; init; }

    /// <summary>What a person or the sensor wrote; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Why it happened, where neither a person nor a finding brought it about; else null.</summary>
    public AlertCause? Cause { get; init; }

    /// <summary>The owner from now on, where one was named.</summary>
    public string? Owner { get; init; }

    /// <summary>Until when: the end of a shelving, the expiry of an acknowledgement.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The level at this moment, where a person's action depends on it, in the alert's unit.</summary>
    public double? Level { get; init; }

    /// <summary>True when readings that came late show that it had happened: nobody was told at the time, nor is anybody now.</summary>
    public bool IsBackfilled { get; init; }
}
