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

    public Task<Answer<AlertResult[]>> ActAsync(AlertAction action, Actor actor, CancellationToken cancellationToken = default) => api.SendAsync<Answer<AlertResult[]>>(
        HttpMethod.Post,
        "alerts/actions",
        JsonContent.Create(action, DashboardJson.Default.AlertAction),
        async response =>
        {
            if (response.IsSuccessStatusCode)
                return await ApiClient.ReadAsync(response, DashboardJson.Default.AlertResultArray, cancellationToken);
            var (refusal, problem) = await ApiClient.ReadProblemAsync(response, cancellationToken);
            return problem.Results is { } results ? results : refusal;
        },
        cancellationToken);

    public Task<Answer<AlertBulkResult>> AcknowledgeAllAsync(AlertBulkAcknowledgement acknowledgement, Actor actor, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Post,
        "alerts/acknowledge",
        JsonContent.Create(acknowledgement, DashboardJson.Default.AlertBulkAcknowledgement),
        DashboardJson.Default.AlertBulkResult,
        cancellationToken);

    public Task<OutOfService[]> GetOutOfServiceAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("out-of-service", DashboardJson.Default.OutOfServiceArray, cancellationToken);

    public Task<Answer<OutOfService>> TakeOutOfServiceAsync(OutOfServiceRequest request, Actor actor, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Post,
        "out-of-service",
        JsonContent.Create(request, DashboardJson.Default.OutOfServiceRequest),
        DashboardJson.Default.OutOfService,
        cancellationToken);

    public Task<Answer<OutOfService>> ExtendOutOfServiceAsync(long id, OutOfServiceExtension extension, Actor actor, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Post,
        ApiClient.Path($"out-of-service/{id}/extend"),
        JsonContent.Create(extension, DashboardJson.Default.OutOfServiceExtension),
        DashboardJson.Default.OutOfService,
        cancellationToken);

    public Task<Answer<OutOfService>> ReturnToServiceAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, ApiClient.Path($"out-of-service/{id}/return"), null, DashboardJson.Default.OutOfService, cancellationToken);
}
