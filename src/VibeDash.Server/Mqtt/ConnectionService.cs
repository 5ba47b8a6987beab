using VibeDash.Core.Contract;

namespace VibeDash.Server.Mqtt;

/// <summary>State of brokers and sources, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class ConnectionService(BrokerConnections brokers) : IConnectionApi
{
    /// <inheritdoc/>
    public Task<ConnectionStatus[]> GetConnectionsAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(brokers.All.Select(broker => broker.Status()).ToArray());

    /// <inheritdoc/>
    public Task<SourceStatus[]> GetSourcesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(brokers.Sources.Select(source => source.Status()).ToArray());
}
