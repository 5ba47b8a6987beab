using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Live;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Rules;

/// <summary>Alert rules, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class RuleService(IDbContextFactory<VibeDashContext> contexts, LiveState live, EventQueue queue, IHttpContextAccessor request, TimeProvider time) : IRuleApi
{
    private DateTimeOffset Now => UnixMicroseconds.Now(time);

    /// <inheritdoc/>
    public Task<RuleVersion[]> GetRulesAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(rules => rules.Where(row => row.IsCurrent).OrderBy(row => row.Id), cancellationToken);

    /// <inheritdoc/>
    public Task<RuleVersion[]> GetRuleVersionsAsync(int ruleId, CancellationToken cancellationToken = default) =>
        ReadAsync(rules => rules.Where(row => row.Id == ruleId).OrderByDescending(row => row.Version), cancellationToken);

    /// <inheritdoc/>
    public Task<RuleMatch[]?> GetSensorRulesAsync(string sensorId, CancellationToken cancellationToken = default) => Task.FromResult<RuleMatch[]?>(
        live.Find(sensorId) is { } sensor && Sight.Of(request).Includes(sensor.Facts.Location) ? [.. live.Book.Explain(sensorId, sensor.Facts, sensor.Labels ?? [], sensor.Unit)] : null);

    /// <inheritdoc/>
    public Task<Answer<AlertRule>> AddRuleAsync(RuleEdit edit, Actor actor, CancellationToken cancellationToken = default) => PutAsync(null, edit, actor, cancellationToken);

    /// <inheritdoc/>
    public Task<Answer<AlertRule>> ChangeRuleAsync(int ruleId, RuleEdit edit, Actor actor, CancellationToken cancellationToken = default) =>
        PutAsync(ruleId, edit, actor, cancellationToken);

    /// <inheritdoc/>
    public Task<Answer<AlertRule>> DeleteRuleAsync(int ruleId, Actor actor, CancellationToken cancellationToken = default) =>
        queue.ExecuteAsync(new DeleteRuleCommand(ruleId, actor, Now), cancellationToken);

    private async Task<Answer<AlertRule>> PutAsync(int? ruleId, RuleEdit edit, Actor actor, CancellationToken cancellationToken) =>
        edit.Faults().ToArray() is { Length: > 0 } faults
            ? Refusal.Invalid(faults)
            : await queue.ExecuteAsync(new PutRuleCommand(ruleId, edit.Rule, actor, Now), cancellationToken);

    private async Task<RuleVersion[]> ReadAsync(Func<IQueryable<AlertRuleRow>, IQueryable<AlertRuleRow>> query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await query(context.AlertRules.AsNoTracking()).ToListAsync(cancellationToken);
        var versions = rows.Select(row => new RuleVersion(row.ToRule(), row.ChangedAt, row.ChangedBy, row.IsCurrent));
        return Sight.Of(request).Limit is { } limit ? [.. versions.Where(version => limit.Shows(version.Rule.Scope, live.LocationsOf))] : [.. versions];
    }
}
