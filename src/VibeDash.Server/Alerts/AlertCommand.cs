using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Alerts;

/// <summary>A person's action on alerts.</summary>
/// <param name="action">The action, validated.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class AlertCommand(AlertAction action, Actor actor, DateTimeOffset at) : Command<AlertResult[]>(actor, at)
{
    /// <inheritdoc/>
    protected override string Name => $"{action.Trigger}Alert";

    /// <inheritdoc/>
    protected override string? Subject => action.SensorId ?? string.Join(' ', action.AlertIds);

    /// <inheritdoc/>
    protected override Refusal? RefusalOf(AlertResult[] result) => Array.TrueForAll(result, alert => alert.Refusal is not null) ? result[0].Refusal : null;

    /// <inheritdoc/>
    protected override AlertResult[] Execute(PipelineTransaction transaction)
    {
        var draft = action.Draft(Actor, At);
        if (action is not { SensorId: { } sensorId, Kind: { } kind })
            return [.. action.AlertIds.Distinct().Select(alertId => Append(transaction, alertId, draft))];
        if (!transaction.State.Sensors.TryGetValue(sensorId, out var sensor) || !transaction.State.Shows(Actor, sensorId))
            return [new(null, Refusal.Of(RefusalCode.SensorUnknown, sensorId))];

        var shelved = transaction.Alerts.Change(sensor, (watch, journal) => watch.Shelve(kind, draft, journal));
        return [new(shelved ?? sensor.Watch.Find(kind), shelved is null ? Refusal.Of(RefusalCode.ShelvedOrOutOfService) : null)];
    }

    private AlertResult Append(PipelineTransaction transaction, long alertId, AlertTransition draft)
    {
        var state = transaction.State;
        var subject = state.SensorOfOpenAlert.GetValueOrDefault(alertId);
        var past = subject is null ? transaction.Alerts.Find(alertId) : null;
        if ((subject ?? past?.SensorId) is not { } about || !state.Shows(Actor, about))
            return new(null, Refusal.Of(RefusalCode.AlertUnknown, alertId));
        if (!state.Holds(Actor, about))
            return new(null, Refusal.Of(RefusalCode.OutsidePlaces, about));
        if (subject is not null
            && state.WatchOf(subject) is var holder
            && holder.Alerts.FirstOrDefault(open => open.Id == alertId) is { } alert)
        {
            var after = transaction.Alerts.Change(holder, (watch, journal) => watch.Append(alert, draft, journal));
            return after is null ? new(alert, WhyNot(alert)) : new(after);
        }

        if ((past ?? transaction.Alerts.Find(alertId)) is not { } ended)
            return new(null, Refusal.Of(RefusalCode.AlertUnknown, alertId));

        // An alert that has ended can still be commented on.
        if (transaction.Alerts.Journal.Next(ended, draft) is not { } comment)
            return new(ended, Refusal.Of(RefusalCode.AlertEnded, ended.EndedAt!.Value));
        transaction.Alerts.Journal.Add(comment);
        return new(comment.Alert);
    }

    /// <summary>Why an open alert cannot be acknowledged, or otherwise acted on.</summary>
    public static Refusal WhyNot(Alert alert) => alert switch
    {
        { State: AlertState.Acknowledged, Acknowledgement: { } given } => Refusal.Of(RefusalCode.AlertAcknowledged, given.By, given.At),
        { State: AlertState.Shelved, Shelving: { } shelving } => Refusal.Of(RefusalCode.AlertShelved, shelving.By, shelving.Until),
        { State: AlertState.OutOfService } => Refusal.Of(RefusalCode.AlertOutOfService),
        { State: AlertState.SuppressedByDesign } => Refusal.Of(RefusalCode.AlertSuppressed),
        _ => Refusal.Of(RefusalCode.AlertStateUnsuitable, alert.State),
    };
}
