using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Live;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Rules;

/// <summary>Alert rules, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class RuleService(IDbContextFactory<VibeDashContext> contexts, LiveState live, EventQueue queue, TimeProvider time) : IRuleApi
{
    private DateTimeOffset Now => UnixMicroseconds.Whole(time.GetUtcNow());

    /// <inheritdoc/>
    public Task<RuleVersion[]> GetRulesAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(rules => rules.Where(row => row.IsCurrent).OrderBy(row => row.Id), cancellationToken);

    /// <inheritdoc/>
    public Task<RuleVersion[]> GetRuleVersionsAsync(int ruleId, CancellationToken cancellationToken = default) =>
        ReadAsync(rules => rules.Where(row => row.Id == ruleId).OrderByDescending(row => row.Version), cancellationToken);

    /// <inheritdoc/>
    public Task<RuleMatch[]?> GetSensorRulesAsync(string sensorId, CancellationToken cancellationToken = default) => Task.FromResult<RuleMatch[]?>(
        live.Find(sensorId) is { } sensor ? [.. live.Book.Explain(sensorId, sensor.Facts, sensor.Labels ?? [], sensor.Unit)] : null);

    /// <inheritdoc/>
    public Task<RuleResult> AddRuleAsync(RuleEdit edit, CancellationToken cancellationToken = default) => PutAsync(null, edit, cancellationToken);

    /// <inheritdoc/>
    public Task<RuleResult> ChangeRuleAsync(int ruleId, RuleEdit edit, CancellationToken cancellationToken = default) => PutAsync(ruleId, edit, cancellationToken);

    /// <inheritdoc/>
    public async Task<RuleResult> DeleteRuleAsync(int ruleId, string by, CancellationToken cancellationToken = default) =>
        AlertAction.NameFault(by) is { } fault ? new(null, fault) : await queue.ExecuteAsync(new DeleteRuleCommand(ruleId, new(by.Trim()), Now), cancellationToken);

    private async Task<RuleResult> PutAsync(int? ruleId, RuleEdit edit, CancellationToken cancellationToken) =>
        edit.Faults().ToArray() is [{ } first, ..] faults
            ? new(null, first.Reason) { Errors = faults.GroupBy(fault => fault.Field, fault => fault.Reason).ToDictionary(field => field.Key, field => field.ToArray()) }
            : await queue.ExecuteAsync(new PutRuleCommand(ruleId, edit.Rule, new(edit.By.Trim()), Now), cancellationToken);

    private async Task<RuleVersion[]> ReadAsync(Func<IQueryable<AlertRuleRow>, IQueryable<AlertRuleRow>> query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await query(context.AlertRules.AsNoTracking()).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new RuleVersion(row.ToRule(), row.ChangedAt, row.ChangedBy, row.IsCurrent))];
    }
}
