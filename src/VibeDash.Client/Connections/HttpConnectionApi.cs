using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Connections;

/// <summary>Brokers and sources over HTTP.</summary>
internal sealed class HttpConnectionApi(ApiClient api) : IConnectionApi
{
    public Task<ConnectionStatus[]> GetConnectionsAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("connections", DashboardJson.Default.ConnectionStatusArray, cancellationToken);

    public Task<SourceStatus[]> GetSourcesAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("sources", DashboardJson.Default.SourceStatusArray, cancellationToken);
}
