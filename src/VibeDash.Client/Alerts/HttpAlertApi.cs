using System.Net.Http.Json;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>Alerts over HTTP.</summary>
internal sealed class HttpAlertApi(ApiClient api) : IAlertApi
{
    public Task<AlertPage> GetAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default) =>
        api.GetAsync($"alerts?{AlertQueryString.Of(query)}", DashboardJson.Default.AlertPage, cancellationToken);

    public Task<AlertDetail?> GetAlertAsync(long alertId, CancellationToken cancellationToken = default) =>
        api.FindAsync(ApiClient.Path($"alerts/{alertId}"), DashboardJson.Default.AlertDetail, cancellationToken);

    public Task<AlertResult[]> ActAsync(AlertAction action, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Post,
        "alerts/actions",
        JsonContent.Create(action, DashboardJson.Default.AlertAction),
        DashboardJson.Default.AlertResultArray,
        cancellationToken);

    public Task<OutOfService[]> GetOutOfServiceAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("out-of-service", DashboardJson.Default.OutOfServiceArray, cancellationToken);

    public Task<OutOfServiceResult> TakeOutOfServiceAsync(OutOfServiceRequest request, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Post,
        "out-of-service",
        JsonContent.Create(request, DashboardJson.Default.OutOfServiceRequest),
        DashboardJson.Default.OutOfServiceResult,
        cancellationToken);

    public Task<OutOfServiceResult> ReturnToServiceAsync(long id, string by, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Post, ApiClient.Path($"out-of-service/{id}/return?by={by}"), null, DashboardJson.Default.OutOfServiceResult, cancellationToken);
}
