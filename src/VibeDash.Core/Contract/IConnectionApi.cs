namespace VibeDash.Core.Contract;

/// <summary>The state of brokers and sources.</summary>
/// <remarks>Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or fails.</remarks>
public interface IConnectionApi
{
    /// <summary>The brokers, in the order of the configuration.</summary>
    Task<ConnectionStatus[]> GetConnectionsAsync(CancellationToken cancellationToken = default);

    /// <summary>The sources, in the order of the configuration.</summary>
    Task<SourceStatus[]> GetSourcesAsync(CancellationToken cancellationToken = default);
}
