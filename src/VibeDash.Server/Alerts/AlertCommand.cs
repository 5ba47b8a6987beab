using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Alerts;

/// <summary>A person's action on alerts.</summary>
/// <param name="action">The action, without fault.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class AlertCommand(AlertAction action, Actor actor, DateTimeOffset at) : Command<AlertResult[]>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => action.SensorId ?? string.Join(' ', action.AlertIds);

    /// <inheritdoc/>
    protected override AlertResult[] Execute(PipelineTransaction transaction)
    {
        var draft = action.Draft(At);
        if (action is not { SensorId: { } sensorId, Kind: { } kind })
            return [.. action.AlertIds.Distinct().Select(alertId => Append(transaction, alertId, draft))];
        if (!transaction.State.Sensors.TryGetValue(sensorId, out var sensor))
            return [AlertResult.Unknown($"sensor {sensorId}")];

        var shelved = transaction.Alerts.Change(sensor, (watch, journal) => watch.Shelve(kind, draft, journal));
        return [new(shelved ?? sensor.Watch.Find(kind), shelved is null ? "It is shelved or out of service already." : null)];
    }

    private static AlertResult Append(PipelineTransaction transaction, long alertId, AlertTransition draft)
    {
        var state = transaction.State;
        if (state.SensorOfOpenAlert.GetValueOrDefault(alertId) is { } sensorId
            && state.Sensors[sensorId] is { } sensor
            && sensor.Watch.Alerts.FirstOrDefault(open => open.Id == alertId) is { } alert)
        {
            var after = transaction.Alerts.Change(sensor, (watch, journal) => watch.Append(alert, draft, journal));
            return after is null ? new(alert, Refusal(alert)) : new(after, null);
        }

        if (transaction.Alerts.Find(alertId) is not { } past)
            return AlertResult.Unknown($"alert {alertId}");

        // An alert that has ended can still be commented on.
        if (transaction.Alerts.Journal.Next(past, draft) is not { } comment)
            return new(past, $"It has been back to normal since {past.EndedAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
        transaction.Alerts.Journal.Add(comment);
        return new(comment.Alert, null);
    }

    private static string Refusal(Alert alert) => alert switch
    {
        { State: AlertState.Acknowledged, Acknowledgement: { } given } => $"{given.By} has acknowledged it at {given.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.",
        { State: AlertState.Shelved, Shelving: { } shelving } => $"{shelving.By} has shelved it until {shelving.Until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.",
        { State: AlertState.OutOfService } => "Its sensor or machine is out of service.",
        { State: AlertState.SuppressedByDesign } => "It is suppressed while the machine stands still.",
        _ => $"That is not possible while it is {alert.State}.",
    };
}
