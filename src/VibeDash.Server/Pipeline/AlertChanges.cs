using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>Collects the alert changes of a transaction and writes them at its end. Reused for each transaction.</summary>
internal sealed class AlertChanges(PipelineState state, StorageSession storage, ChangeSet changes)
{
    private readonly Dictionary<SensorWatch, ImmutableArray<Alert>> _before = [];
    private long _lastAlertIdBefore;

    /// <summary>Starts a transaction.</summary>
    public void Begin()
    {
        _before.Clear();
        _lastAlertIdBefore = state.Numbers.LastAlertId;
    }

    /// <summary>Records that the alerts of a sensor may have changed.</summary>
    /// <param name="watch">The watch of the sensor.</param>
    /// <param name="before">Its open alerts before.</param>
    public void Note(SensorWatch watch, ImmutableArray<Alert> before)
    {
        var after = watch.Alerts;
        if (before == after)
            return;

        _before.TryAdd(watch, before);
        foreach (var alert in before)
            state.SensorOfOpenAlert.Remove(alert.Id);
        foreach (var alert in after)
            state.SensorOfOpenAlert[alert.Id] = alert.SensorId;
    }

    /// <summary>The current state of an alert within this transaction, or null.</summary>
    public Alert? Find(long alertId) => changes.Journal.LastOrDefault(change => change.Alert.Id == alertId)?.Alert
        ?? storage.Context.Alerts.AsNoTracking().FirstOrDefault(alert => alert.Id == alertId)?.ToAlert();

    /// <summary>Writes the journal and the alerts.</summary>
    public void Write()
    {
        if (changes.Journal.Count == 0 && _before.Count == 0)
            return;

        var context = storage.Changes();
        var changed = new Dictionary<long, Alert>();
        foreach (var change in changes.Journal)
        {
            context.AlertTransitions.Add(AlertTransitionRow.Of(change.Transition));
            changed[change.Alert.Id] = change.Alert;
        }

        // A new peak has no journal entry.
        foreach (var (watch, before) in _before)
        {
            foreach (var alert in watch.Alerts.Except(before))
                changed[alert.Id] = alert;
        }

        foreach (var alert in changed.Values)
        {
            context.Entry(AlertRow.From(alert)).State = alert.Id > _lastAlertIdBefore ? EntityState.Added : EntityState.Modified;
            if (alert.IsOpen)
                changes.OpenAlerts.Add(alert);
        }
    }
}
