using System.Net.Http.Json;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Rules;

/// <summary>Alert rules over HTTP.</summary>
internal sealed class HttpRuleApi(ApiClient api) : IRuleApi
{
    public Task<RuleVersion[]> GetRulesAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("rules", DashboardJson.Default.RuleVersionArray, cancellationToken);

    public async Task<RuleVersion[]> GetRuleVersionsAsync(int ruleId, CancellationToken cancellationToken = default) =>
        await api.FindAsync(ApiClient.Path($"rules/{ruleId}/versions"), DashboardJson.Default.RuleVersionArray, cancellationToken) ?? [];

    public Task<Answer<AlertRule>> AddRuleAsync(RuleEdit edit, Actor actor, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "rules", edit, cancellationToken);

    public Task<Answer<AlertRule>> ChangeRuleAsync(int ruleId, RuleEdit edit, Actor actor, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, ApiClient.Path($"rules/{ruleId}"), edit, cancellationToken);

    public Task<Answer<AlertRule>> DeleteRuleAsync(int ruleId, Actor actor, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, ApiClient.Path($"rules/{ruleId}"), null, cancellationToken);

    public Task<RuleMatch[]?> GetSensorRulesAsync(string sensorId, CancellationToken cancellationToken = default) =>
        api.FindAsync(ApiClient.Path($"sensors/{sensorId}/rules"), DashboardJson.Default.RuleMatchArray, cancellationToken);

    private Task<Answer<AlertRule>> SendAsync(HttpMethod method, string path, RuleEdit? edit, CancellationToken cancellationToken) => api.SendAsync(
        method, path, edit is null ? null : JsonContent.Create(edit, DashboardJson.Default.RuleEdit), DashboardJson.Default.AlertRule, cancellationToken);
}
