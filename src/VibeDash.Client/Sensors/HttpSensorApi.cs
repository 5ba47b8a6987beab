using System.Net.Http.Json;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Sensors;

/// <summary>Sensors over HTTP.</summary>
internal sealed class HttpSensorApi(ApiClient api) : ISensorApi
{
    public Task<FleetSnapshot> GetFleetAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("fleet", DashboardJson.Default.FleetSnapshot, cancellationToken);

    public Task<SensorSnapshot?> GetSensorAsync(string sensorId, CancellationToken cancellationToken = default) =>
        api.FindAsync(ApiClient.Path($"sensors/{sensorId}"), DashboardJson.Default.SensorSnapshot, cancellationToken);

    public Task<SensorExtent?> GetExtentAsync(string sensorId, CancellationToken cancellationToken = default) =>
        api.FindAsync(ApiClient.Path($"sensors/{sensorId}/extent"), DashboardJson.Default.SensorExtent, cancellationToken);

    public Task<Answer<SensorExtent>> ChangeSensorAsync(string sensorId, SensorChange change, Actor actor, CancellationToken cancellationToken = default)
    {
        var body = JsonContent.Create(new SensorChangeRequest(change.To, change.Reason), DashboardJson.Default.SensorChangeRequest);
        return change.Kind switch
        {
            SensorChangeKind.Rename => SendAsync(HttpMethod.Post, ApiClient.Path($"sensors/{sensorId}/rename"), body),
            SensorChangeKind.HandOver => SendAsync(HttpMethod.Post, ApiClient.Path($"sensors/{sensorId}/hand-over"), body),
            SensorChangeKind.Merge => SendAsync(HttpMethod.Post, ApiClient.Path($"sensors/{sensorId}/merge"), body),
            SensorChangeKind.Delete => SendAsync(HttpMethod.Delete, ApiClient.Path($"sensors/{sensorId}?reason={change.Reason}"), null),
            _ => SendAsync(HttpMethod.Delete, ApiClient.Path($"sensors/{sensorId}/former-ids/{change.To}?reason={change.Reason}"), null),
        };

        Task<Answer<SensorExtent>> SendAsync(HttpMethod method, string path, HttpContent? content) =>
            api.SendAsync(method, path, content, DashboardJson.Default.SensorExtent, cancellationToken);
    }

    public Task<Answer<SensorSettings>> SetSensorAsync(string sensorId, SensorSettings settings, Actor actor, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Put,
        ApiClient.Path($"sensors/{sensorId}/settings"),
        JsonContent.Create(settings, DashboardJson.Default.SensorSettings),
        DashboardJson.Default.SensorSettings,
        cancellationToken);

    public Task<RunLevelProposal?> ProposeRunLevelAsync(string sensorId, CancellationToken cancellationToken = default) =>
        api.FindAsync(ApiClient.Path($"sensors/{sensorId}/run-level"), DashboardJson.Default.RunLevelProposal, cancellationToken);

    public Task<HistoryEvaluation?> GetHistoryEvaluationAsync(CancellationToken cancellationToken = default) =>
        api.FindAsync("history-evaluation", DashboardJson.Default.HistoryEvaluation, cancellationToken);

    public Task<Answer<HistoryEvaluation>> EvaluateHistoryAsync(string sensorId, Actor actor, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Post, ApiClient.Path($"sensors/{sensorId}/history-evaluation"), null, DashboardJson.Default.HistoryEvaluation, cancellationToken);
}
