namespace VibeDash.Core.Alerts;

/// <summary>
/// Hands out alert ids and journal positions without gaps. A commit starts from the last committed numbers and throws its
/// copy away when it fails. Not thread-safe: one writer.
/// </summary>
/// <param name="lastAlertId">Highest alert id in use; 0 when there is none.</param>
/// <param name="lastPosition">Last journal position in use; 0 when there is none.</param>
public sealed class JournalNumbers(long lastAlertId, long lastPosition)
{
    /// <summary>Highest alert id handed out.</summary>
    public long LastAlertId { get; private set; } = lastAlertId;

    /// <summary>Last journal position handed out.</summary>
    public long LastPosition { get; private set; } = lastPosition;

    /// <summary>The id of the next alert.</summary>
    public long NextAlertId() => ++LastAlertId;

    /// <summary>The position of the next journal entry.</summary>
    public long NextPosition() => ++LastPosition;

    /// <summary>An independent copy.</summary>
    public JournalNumbers Copy() => new(LastAlertId, LastPosition);
}
