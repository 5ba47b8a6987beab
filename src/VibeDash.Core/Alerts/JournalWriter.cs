namespace VibeDash.Core.Alerts;

/// <summary>Writes the alert journal: assigns alert ids and positions, and collects the entries. Not thread-safe.</summary>
/// <param name="numbers">The ids and positions.</param>
/// <param name="entries">Receives the entries, in order.</param>
public sealed class JournalWriter(JournalNumbers numbers, ICollection<AlertChange> entries)
{
    /// <summary>Creates an alert without journal entries.</summary>
    public Alert Open(string sensorId, ConditionKind kind) => new(numbers.NextAlertId(), sensorId, kind);

    /// <summary>Assigns a transition its journal position; <see cref="Add"/> adds it.</summary>
    /// <returns>The entry and the alert after it, or null when the transition is not possible in the alert's state.</returns>
    public AlertChange? Next(Alert alert, AlertTransition draft) => alert.Append(draft, numbers);

    /// <summary>Adds an entry.</summary>
    public void Add(AlertChange entry) => entries.Add(entry);
}
