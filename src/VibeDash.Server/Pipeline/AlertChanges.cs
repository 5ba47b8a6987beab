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
    private int _written;

    /// <summary>Starts a transaction.</summary>
    public void Begin()
    {
        _before.Clear();
        _lastAlertIdBefore = state.Numbers.LastAlertId;
        _written = 0;
    }

    /// <summary>Records that the alerts of a sensor, or <see cref="SensorWatch.IsCriticalUnconfirmed"/>, may have changed.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="before">Its open alerts before.</param>
    public void Note(SensorState sensor, ImmutableArray<Alert> before)
    {
        if (sensor.Watch.IsCriticalUnconfirmed != sensor.ShownUnconfirmed)
        {
            sensor.ShownUnconfirmed = !sensor.ShownUnconfirmed;
            changes.SetDetails(sensor);
        }

        Note(sensor.Watch, before);
    }

    /// <summary>Records that alerts may have changed.</summary>
    /// <param name="watch">The watch of a sensor, or of what sensors have in common.</param>
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

    /// <summary>Writes the journal and the alerts, as far as they changed since the last call in this transaction.</summary>
    public void Write()
    {
        if (changes.Journal.Count == _written && _before.Count == 0)
            return;

        var context = storage.Changes();
        var changed = new Dictionary<long, Alert>();
        foreach (var change in changes.Journal.Skip(_written))
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

        _before.Clear();
        _lastAlertIdBefore = state.Numbers.LastAlertId;
        _written = changes.Journal.Count;
    }
}
