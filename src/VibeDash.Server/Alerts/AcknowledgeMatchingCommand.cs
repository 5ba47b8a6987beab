using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Alerts;

/// <summary>
/// Acknowledges the open alerts that match a filter and that the person has seen: a portion of them, so that other work has its turn in between.
/// </summary>
/// <param name="acknowledgement">The acknowledgement, validated.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
/// <param name="after">Only alerts with a higher id: <see cref="AcknowledgedPortion.Last"/> of the portion before; 0 for the first.</param>
internal sealed class AcknowledgeMatchingCommand(AlertBulkAcknowledgement acknowledgement, Actor actor, DateTimeOffset at, long after = 0)
    : Command<AcknowledgedPortion>(actor, at)
{
    /// <summary>Maximum number of alerts acknowledged by one command: it limits the delay of live events.</summary>
    public const int Portion = 250;

    // Who looked so long ago looks again: it bounds the time that the command takes.
    private const int MaximumEntriesSince = 20_000;

    private readonly AlertCriteria _filter = acknowledgement.Filter!;
    private readonly long _upTo = acknowledgement.UpTo!.Value;

    /// <inheritdoc/>
    protected override string Subject => string.Join(
        ' ',
        new (string Name, object? Value)[]
        {
            ("severity", _filter.Severity), ("state", _filter.State), ("sensor", _filter.SensorId), ("kind", _filter.Kind), ("rule", _filter.RuleId), ("place", _filter.Place),
            ("machine", _filter.Machine), ("raisedFrom", Iso(_filter.RaisedFrom)), ("from", Iso(_filter.From)),
            ("to", Iso(_filter.To)), ("upTo", _upTo), ("after", after > 0 ? after : null),
        }.Where(criterion => criterion.Value is not null).Select(criterion => $"{criterion.Name}={Convert.ToString(criterion.Value, CultureInfo.InvariantCulture)}"));

    /// <inheritdoc/>
    protected override Refusal? RefusalOf(AcknowledgedPortion result) => result.Result is { Acknowledged: 0, Refusals: [var first, ..] } ? first.Refusal : null;

    /// <summary>Acknowledges all that match, one portion after the other.</summary>
    /// <param name="acknowledgement">The acknowledgement, validated.</param>
    /// <param name="actor">The person.</param>
    /// <param name="at">Server time of the request.</param>
    /// <param name="execute">Executes a command.</param>
    public static async Task<AlertBulkResult> AllAsync(
        AlertBulkAcknowledgement acknowledgement, Actor actor, DateTimeOffset at, Func<AcknowledgeMatchingCommand, Task<AcknowledgedPortion>> execute)
    {
        var all = new AlertBulkResult(0, 0, []);
        for (long? after = 0; after is { } last;)
        {
            (var part, after) = await execute(new(acknowledgement, actor, at, last));
            all = new(all.Acknowledged + part.Acknowledged, all.Refused + part.Refused, [.. all.Refusals.Concat(part.Refusals).Take(AlertBulkResult.MaximumRefusals)]);
        }

        return all;
    }

    /// <inheritdoc/>
    protected override AcknowledgedPortion Execute(PipelineTransaction transaction)
    {
        var state = transaction.State;
        var draft = acknowledgement.Of(alertId: 0).Draft(Actor, At);
        var since = Since(transaction);
        var inAnyState = _filter with { State = null };
        var (acknowledged, refused, refusals) = (0, 0, new List<AlertResult>());
        foreach (var (alertId, sensorId) in state.SensorOfOpenAlert.Where(open => open.Key > after).OrderBy(open => open.Key).ToArray())
        {
            if (!state.Holds(Actor, sensorId))
                continue;
            var watch = state.WatchOf(sensorId);
            var alert = watch.Alerts.First(open => open.Id == alertId);
            var asksAnew = false;
            var hasChanged = since is null || since.TryGetValue(alertId, out asksAnew);

            // One that has changed may have been in the state asked for: in doubt the person is told.
            if (!(hasChanged ? inAnyState : _filter).Passes(alert, state.Sensors.GetValueOrDefault(sensorId)?.Facts.Location ?? ""))
                continue;
            if (alert.IsUnacknowledged && !asksAnew && since is not null)
            {
                transaction.Alerts.Change(watch, (holder, journal) => holder.Append(alert, draft, journal));
                if (++acknowledged == Portion)
                    return Result(last: alertId);
            }
            else if (hasChanged && (since is not null || alert.IsUnacknowledged))
            {
                if (refused++ < AlertBulkResult.MaximumRefusals)
                    refusals.Add(new(alert, alert.IsUnacknowledged ? Refusal.Of(RefusalCode.AlertChanged) : AlertCommand.WhyNot(alert)));
            }
        }

        return Result(last: null);

        AcknowledgedPortion Result(long? last) => new(new(acknowledged, refused, [.. refusals]), last);
    }

    // The alerts with entries after the person looked, and whether they ask anew since; null when there are too many entries.
    private Dictionary<long, bool>? Since(PipelineTransaction transaction)
    {
        if (transaction.State.Numbers.LastPosition - _upTo > MaximumEntriesSince)
            return null;
        var stored = transaction.Storage.Context.AlertTransitions.AsNoTracking()
            .Where(row => row.Position > _upTo).Select(row => new { row.AlertId, row.Trigger }).AsEnumerable().Select(row => (row.AlertId, row.Trigger));
        var unwritten = transaction.Changes.Journal.Where(change => change.Transition.Position > _upTo).Select(change => (change.Transition.AlertId, change.Transition.Trigger));
        return stored.Concat(unwritten).GroupBy(entry => entry.AlertId).ToDictionary(alert => alert.Key, alert => alert.Any(entry => Asks(entry.Trigger)));
    }

    private static string? Iso(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static bool Asks(AlertTrigger trigger) => trigger is AlertTrigger.Raised or AlertTrigger.Worsened or AlertTrigger.Unacknowledged
        or AlertTrigger.Unshelved or AlertTrigger.Unsuppressed or AlertTrigger.ReturnedToService;
}
