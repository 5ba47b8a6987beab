namespace VibeDash.Core.Alerts;

/// <summary>Where entries of the alert journal are written: gives alerts their ids and entries their positions, and gathers the entries. Not thread-safe.</summary>
/// <param name="numbers">The ids and positions.</param>
/// <param name="entries">Receives the entries, in order.</param>
public sealed class JournalWriter(JournalNumbers numbers, ICollection<AlertChange> entries)
{
    /// <summary>A new alert, of which nothing is on record yet.</summary>
    public Alert Open(string sensorId, ConditionKind kind) => new(numbers.NextAlertId(), sensorId, kind);

    /// <summary>Gives what happens to an alert its place in the journal; <see cref="Add"/> puts it there.</summary>
    /// <returns>The entry and the alert after it, or null when it cannot happen in the alert's state.</returns>
    public AlertChange? Next(Alert alert, AlertTransition draft) => alert.Append(draft, numbers);

    /// <summary>Adds an entry.</summary>
    public void Add(AlertChange entry) => entries.Add(entry);
}
