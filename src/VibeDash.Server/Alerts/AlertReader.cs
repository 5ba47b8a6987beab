using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Alerts;

/// <summary>Queries past and present alerts. Thread-safe.</summary>
internal sealed class AlertReader(IDbContextFactory<VibeDashContext> contexts)
{
    /// <summary>Alerts that match <paramref name="query"/> and are within <paramref name="limit"/>, newest first.</summary>
    public async Task<AlertPage> FindAsync(AlertQuery query, PlaceLimit? limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var alerts = context.Seen(limit);
        if (query.Severity is { } severity)
            alerts = alerts.Where(alert => alert.Severity == severity);
        if (query.State is { } state)
            alerts = alerts.Where(alert => alert.State == state);
        if (query.SensorId is { } sensorId)
            alerts = alerts.Where(alert => alert.SensorId == sensorId);
        if (query.From is { } from)
            alerts = alerts.Where(alert => alert.EndedAt == null || alert.EndedAt >= from);
        if (query.To is { } to)
            alerts = alerts.Where(alert => alert.FirstRaisedAt == null || alert.FirstRaisedAt <= to);
        if (query.Kind is { } kind)
            alerts = alerts.Where(alert => alert.Kind == kind);
        if (query.RuleId is { } ruleId)
            alerts = alerts.Where(alert => alert.RuleId == ruleId);
        if (query.RaisedFrom is { } raisedFrom)
            alerts = alerts.Where(alert => alert.RaisedAt >= raisedFrom);
        if (query.Place is not null || query.Machine is not null)
        {
            // A location is compared by its parts, which the database does not know.
            var sensors = await context.Sensors.AsNoTracking().Select(sensor => new { sensor.SensorId, sensor.Location }).ToListAsync(cancellationToken);
            var there = sensors.Where(sensor => query.IsAt(sensor.Location)).Select(sensor => sensor.SensorId).ToArray();
            alerts = alerts.Where(alert => there.Contains(alert.SensorId));
        }

        if (query.Before is { } before)
            alerts = alerts.Where(alert => alert.Id < before);

        var rows = await alerts.OrderByDescending(alert => alert.Id).Take(query.Limit + 1).ToListAsync(cancellationToken);
        return new([.. rows.Take(query.Limit).Select(row => row.ToAlert())], rows.Count > query.Limit);
    }

    /// <summary>An alert with its journal; null when there is none within <paramref name="limit"/>.</summary>
    public async Task<AlertDetail?> FindAsync(long alertId, PlaceLimit? limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Alerts.AsNoTracking().FirstOrDefaultAsync(alert => alert.Id == alertId, cancellationToken) is not { } row
            || !await context.ShowsAsync(limit, row.SensorId, cancellationToken))
            return null;

        var transitions = await context.AlertTransitions.AsNoTracking()
            .Where(transition => transition.AlertId == alertId)
            .OrderBy(transition => transition.Position)
            .ToListAsync(cancellationToken);
        return new(row.ToAlert(), [.. transitions.Select(transition => transition.ToTransition())]);
    }

    /// <summary>
    /// The journal entries after <paramref name="position"/> up to and including <paramref name="last"/>, in order, at most <paramref name="limit"/>, each
    /// with the state of its alert after the entry; only the peak level may be more recent.
    /// </summary>
    public async Task<AlertChange[]> ChangesAsync(long position, long last, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var wanted = await context.AlertTransitions.AsNoTracking()
            .Where(transition => transition.Position > position && transition.Position <= last)
            .OrderBy(transition => transition.Position)
            .Take(limit)
            .Select(transition => transition.AlertId)
            .ToListAsync(cancellationToken);
        var alertIds = wanted.Distinct().ToArray();
        var end = position + wanted.Count;
        var alerts = await context.Alerts.AsNoTracking().Where(alert => alertIds.Contains(alert.Id)).ToDictionaryAsync(row => row.Id, row => row.ToAlert(), cancellationToken);
        var journal = await context.AlertTransitions.AsNoTracking()
            .Where(transition => alertIds.Contains(transition.AlertId) && transition.Position <= end)
            .OrderBy(transition => transition.Position)
            .ToListAsync(cancellationToken);

        // The state of an alert at an entry results from replaying its journal up to that entry.
        var replayed = new Dictionary<long, Alert>();
        var changes = new List<AlertChange>(wanted.Count);
        foreach (var transition in journal.Select(row => row.ToTransition()))
        {
            var alert = replayed.TryGetValue(transition.AlertId, out var before) ? before : new Alert(transition.AlertId, alerts[transition.AlertId].SensorId, alerts[transition.AlertId].Kind);
            replayed[transition.AlertId] = alert = alert.After(transition);
            if (transition.Position > position)
                changes.Add(new(transition, alert with { PeakLevel = alerts[transition.AlertId].PeakLevel }));
        }

        return [.. changes];
    }
}
