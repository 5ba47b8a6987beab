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

    public Task<RuleResult> AddRuleAsync(RuleEdit edit, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "rules", edit, cancellationToken);

    public Task<RuleResult> ChangeRuleAsync(int ruleId, RuleEdit edit, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, ApiClient.Path($"rules/{ruleId}"), edit, cancellationToken);

    public Task<RuleResult> DeleteRuleAsync(int ruleId, string by, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, ApiClient.Path($"rules/{ruleId}?by={by}"), null, cancellationToken);

    public Task<RuleMatch[]?> GetSensorRulesAsync(string sensorId, CancellationToken cancellationToken = default) =>
        api.FindAsync(ApiClient.Path($"sensors/{sensorId}/rules"), DashboardJson.Default.RuleMatchArray, cancellationToken);

    private Task<RuleResult> SendAsync(HttpMethod method, string path, RuleEdit? edit, CancellationToken cancellationToken) =>
        api.SendAsync(method, path, edit is null ? null : JsonContent.Create(edit, DashboardJson.Default.RuleEdit), DashboardJson.Default.RuleResult, cancellationToken);
}
