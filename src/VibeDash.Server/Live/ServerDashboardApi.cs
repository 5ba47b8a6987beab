using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Server.Alerts;
using VibeDash.Server.History;
using VibeDash.Server.Ingestion;
using VibeDash.Server.Operations;

namespace VibeDash.Server.Live;

/// <summary>What pages ask, answered in the server itself: for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class ServerDashboardApi(
    LiveState live, HistoryReader history, AlertReader alerts, EventQueue queue, BrokerConnections brokers, ServerHealth health, TimeProvider time) : IDashboardApi
{
    /// <inheritdoc/>
    public Task<FleetSnapshot> GetFleetAsync(CancellationToken cancellationToken = default) => Task.FromResult(live.Snapshot(time.GetUtcNow(), health.Status()));

    /// <inheritdoc/>
    public Task<SensorSnapshot?> GetSensorAsync(string sensorId, CancellationToken cancellationToken = default) => Task.FromResult(live.Find(sensorId));

    /// <inheritdoc/>
    public Task<TrendHistory?> GetHistoryAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset to, int points, CancellationToken cancellationToken = default) =>
        history.ReadAsync(sensorId, from, to, points, cancellationToken);

    /// <inheritdoc/>
    public Task<AlertPage> GetAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default) => alerts.FindAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<AlertDetail?> GetAlertAsync(long alertId, CancellationToken cancellationToken = default) => alerts.FindAsync(alertId, cancellationToken);

    /// <inheritdoc/>
    public Task<AcknowledgeResult> AcknowledgeAsync(long alertId, Acknowledgement acknowledgement, CancellationToken cancellationToken = default) =>
        queue.AcknowledgeAsync(alertId, acknowledgement, cancellationToken);

    /// <inheritdoc/>
    public Task<ConnectionStatus[]> GetConnectionsAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(brokers.All.Select(broker => broker.Status()).ToArray());

    /// <inheritdoc/>
    public Task<SourceStatus[]> GetSourcesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(brokers.Sources.Select(source => source.Status()).ToArray());
}
