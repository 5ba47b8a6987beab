using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>Opens the one dialog of the page in which a person acts on alerts, from wherever they are shown. Not thread-safe.</summary>
public sealed class AlertActions
{
    /// <summary>A person wants to act on alerts: ask for what it takes.</summary>
    public event Action<AlertTrigger, IReadOnlyList<Alert>>? Asked;

    /// <summary>Alerts were acted on from this page; the argument is how they are after it.</summary>
    public event Action<IReadOnlyList<Alert>>? Done;

    /// <summary>Opens the dialog; without alerts it does nothing.</summary>
    public void Ask(AlertTrigger trigger, IReadOnlyList<Alert> alerts)
    {
        if (alerts.Count > 0)
            Asked?.Invoke(trigger, alerts);
    }

    /// <summary>Opens the dialog to shelve a kind that is not raised.</summary>
    public void AskToShelve(string sensorId, ConditionKind kind) => Ask(AlertTrigger.Shelved, [new Alert(0, sensorId, kind)]);

    /// <summary>Says how <paramref name="alerts"/> are now.</summary>
    public void Finish(IReadOnlyList<Alert> alerts) => Done?.Invoke(alerts);

    /// <summary>True when a person may do this to the alert as it is.</summary>
    public static bool IsPossible(AlertTrigger trigger, Alert alert) => alert.Facts.After(trigger) is not null;
}
