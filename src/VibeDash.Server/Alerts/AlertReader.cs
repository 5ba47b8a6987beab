using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Server.Data;
using VibeDash.Server.Live;

namespace VibeDash.Server.Alerts;

/// <summary>Answers questions about past and present alerts. Thread-safe.</summary>
internal sealed class AlertReader(IDbContextFactory<VibeDashContext> contexts, LiveState live)
{
    /// <summary>Alerts that match <paramref name="query"/>, newest first.</summary>
    public async Task<AlertPage> FindAsync(AlertQuery query, CancellationToken cancellationToken)
    {
        if (query.State == AlertState.Pending)
            return Pending(query);

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var alerts = context.Alerts.AsNoTracking();
        if (query.Severity is { } severity)
            alerts = alerts.Where(alert => alert.Severity == severity);
        if (query.State is { } state)
            alerts = alerts.Where(alert => alert.State == state);
        if (query.SensorId is { } sensorId)
            alerts = alerts.Where(alert => alert.SensorId == sensorId);
        if (query.From is { } from)
            alerts = alerts.Where(alert => alert.ClearedAt == null || alert.ClearedAt >= from);
        if (query.To is { } to)
            alerts = alerts.Where(alert => alert.RaisedAt <= to);
        if (query.Before is { } before)
            alerts = alerts.Where(alert => alert.Id < before);

        var rows = await alerts.OrderByDescending(alert => alert.Id).Take(query.Limit + 1).ToListAsync(cancellationToken);
        return new([.. rows.Take(query.Limit).Select(row => row.ToAlert())], rows.Count > query.Limit);
    }

    /// <summary>An alert with its journal, or null.</summary>
    public async Task<AlertDetail?> FindAsync(long alertId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Alerts.AsNoTracking().FirstOrDefaultAsync(alert => alert.Id == alertId, cancellationToken) is not { } row)
            return null;

        var transitions = await context.AlertTransitions.AsNoTracking()
            .Where(transition => transition.AlertId == alertId)
            .OrderBy(transition => transition.Position)
            .ToListAsync(cancellationToken);
        return new(row.ToAlert(), [.. transitions.Select(transition => transition.ToTransition())]);
    }

    /// <summary>
    /// The journal entries after <paramref name="position"/> up to <paramref name="last"/>, in order, at most <paramref name="limit"/>, each with
    /// its alert as it was after it; only its peak level may be a later one.
    /// </summary>
    public async Task<AlertChange[]> ChangesAsync(long position, long last, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.AlertTransitions.AsNoTracking()
            .Where(transition => transition.Position > position && transition.Position <= last)
            .OrderBy(transition => transition.Position)
            .Take(limit)
            .Join(context.Alerts, transition => transition.AlertId, alert => alert.Id, (transition, alert) => new { transition, alert })
            .OrderBy(row => row.transition.Position)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new AlertChange(row.transition.ToTransition(), After(row.transition.To, row.alert.ToAlert())))];
    }

    private static Alert After(AlertState state, Alert today)
    {
        var alert = today with { State = state };
        if (state != AlertState.Cleared)
            alert = alert with { ClearedAt = null };
        if (state == AlertState.Active)
            alert = alert with { AcknowledgedAt = null, AcknowledgedBy = null, Note = null };
        return alert;
    }

    private AlertPage Pending(AlertQuery query)
    {
        var pending = live.PendingAlerts()
            .Where(alert => (query.Severity is null || alert.Severity == query.Severity)
                && (query.SensorId is null || alert.SensorId == query.SensorId)
                && (query.To is null || alert.Since <= query.To))
            .OrderByDescending(alert => alert.Since)
            .Take(query.Limit + 1)
            .ToArray();

        // Pending alerts have no id to page by; there are at most as many as sensors and rules.
        return new([.. pending.Take(query.Limit)], More: false);
    }
}
