using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>Opens the page's only alert dialog from every place that shows alerts. Not thread-safe.</summary>
public sealed class AlertActions
{
    /// <summary>An action was requested: open the dialog.</summary>
    public event Action<AlertTrigger, IReadOnlyList<Alert>>? Requested;

    /// <summary>The acknowledgement of all alerts that match was requested: open the dialog.</summary>
    public event Action<AlertCriteria, long, IReadOnlyList<Alert>>? AllRequested;

    /// <summary>An action of this page was done; the argument is the alerts after it, none when they are not known.</summary>
    public event Action<IReadOnlyList<Alert>>? Done;

    /// <summary>Opens the dialog. Without alerts nothing happens.</summary>
    public void Request(AlertTrigger trigger, IReadOnlyList<Alert> alerts)
    {
        if (alerts.Count > 0)
            Requested?.Invoke(trigger, alerts);
    }

    /// <summary>Opens the dialog to shelve a kind of alert that is not raised.</summary>
    public void RequestShelving(string sensorId, ConditionKind kind) => Request(AlertTrigger.Shelved, [new Alert(0, sensorId, kind)]);

    /// <summary>Opens the dialog to acknowledge all alerts that match.</summary>
    /// <param name="filter">Selects them.</param>
    /// <param name="upTo">Position of the last journal entry that is shown.</param>
    /// <param name="alerts">Those that match now.</param>
    public void RequestAll(AlertCriteria filter, long upTo, IReadOnlyList<Alert> alerts)
    {
        if (alerts.Count > 0)
            AllRequested?.Invoke(filter, upTo, alerts);
    }

    /// <summary>Raises <see cref="Done"/>.</summary>
    public void Finish(IReadOnlyList<Alert> alerts) => Done?.Invoke(alerts);

    /// <summary>True when the action is possible in the alert's current state.</summary>
    public static bool IsPossible(AlertTrigger trigger, Alert alert) => alert.Facts.After(trigger) is not null;
}
