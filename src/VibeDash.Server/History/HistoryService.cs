using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Server.History;

/// <summary>History of readings, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class HistoryService(HistoryReader history) : IHistoryApi
{
    /// <inheritdoc/>
    public Task<TrendHistory?> GetHistoryAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default) =>
        Task.FromResult(history.Read([sensorId], from, to, points, cancellationToken).FirstOrDefault());

    /// <inheritdoc/>
    public Task<TrendHistory[]> GetHistoriesAsync(
        IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default) =>
        Task.FromResult(history.Read(sensorIds, from, to, points, cancellationToken));
}
