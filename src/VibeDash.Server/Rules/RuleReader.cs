using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Live;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Rules;

/// <summary>Answers questions about rules, and what is out of service. Thread-safe.</summary>
internal sealed class RuleReader(IDbContextFactory<VibeDashContext> contexts, LiveState live)
{
    /// <summary>The rules in force by id.</summary>
    public async Task<RuleVersion[]> CurrentAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.AlertRules.AsNoTracking().Where(row => row.IsCurrent).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(Version)];
    }

    /// <summary>All versions of a rule, the newest first.</summary>
    public async Task<RuleVersion[]> VersionsAsync(int ruleId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.AlertRules.AsNoTracking().Where(row => row.Id == ruleId).OrderByDescending(row => row.Version).ToListAsync(cancellationToken);
        return [.. rows.Select(Version)];
    }

    /// <summary>How the rules stand to a sensor, or null when it is not known.</summary>
    public RuleMatch[]? Explain(string sensorId) =>
        live.Find(sensorId) is { } sensor ? [.. live.Book.Explain(sensorId, sensor.Facts, sensor.Labels ?? [], sensor.Unit)] : null;

    /// <summary>What is out of service, the longest first.</summary>
    public async Task<OutOfService[]> OutOfServiceAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.OutOfService.AsNoTracking().Where(row => row.ReturnedAt == null).OrderBy(row => row.At).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToOutOfService())];
    }

    private static RuleVersion Version(AlertRuleRow row) => new(row.ToRule(), row.ChangedAt, row.ChangedBy, row.IsCurrent);
}
