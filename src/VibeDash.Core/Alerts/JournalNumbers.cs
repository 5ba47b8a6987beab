namespace VibeDash.Core.Alerts;

/// <summary>
/// Assigns alert ids and journal positions without gaps. After a failed commit they restart from the last committed ones. Not thread-safe: one
/// writer.
/// </summary>
/// <param name="lastAlertId">Highest alert id in use; 0 when there is none.</param>
/// <param name="lastPosition">Last journal position in use; 0 when there is none.</param>
public sealed class JournalNumbers(long lastAlertId, long lastPosition)
{
    /// <summary>Highest alert id assigned.</summary>
    public long LastAlertId { get; private set; } = lastAlertId;

    /// <summary>Last journal position assigned.</summary>
    public long LastPosition { get; private set; } = lastPosition;

    /// <summary>The id of the next alert.</summary>
    public long NextAlertId() => ++LastAlertId;

    /// <summary>The position of the next journal entry.</summary>
    public long NextPosition() => ++LastPosition;
}
