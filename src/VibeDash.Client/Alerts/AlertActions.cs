using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>Opens the page's only alert dialog from every place that shows alerts. Not thread-safe.</summary>
public sealed class AlertActions
{
    /// <summary>An action was requested: open the dialog.</summary>
    public event Action<AlertTrigger, IReadOnlyList<Alert>>? Requested;

    /// <summary>An action of this page was done; the argument is the alerts after it.</summary>
    public event Action<IReadOnlyList<Alert>>? Done;

    /// <summary>Opens the dialog. Without alerts nothing happens.</summary>
    public void Request(AlertTrigger trigger, IReadOnlyList<Alert> alerts)
    {
        if (alerts.Count > 0)
            Requested?.Invoke(trigger, alerts);
    }

    /// <summary>Opens the dialog to shelve a kind of alert that is not raised.</summary>
    public void RequestShelving(string sensorId, ConditionKind kind) => Request(AlertTrigger.Shelved, [new Alert(0, sensorId, kind)]);

    /// <summary>Raises <see cref="Done"/>.</summary>
    public void Finish(IReadOnlyList<Alert> alerts) => Done?.Invoke(alerts);

    /// <summary>True when the action is possible in the alert's current state.</summary>
    public static bool IsPossible(AlertTrigger trigger, Alert alert) => alert.Facts.After(trigger) is not null;
}
