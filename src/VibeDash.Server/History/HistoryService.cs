using VibeDash.Core.Contract;
using VibeDash.Core.Trends;
using VibeDash.Server.Live;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.History;

/// <summary>History of readings, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class HistoryService(HistoryReader history, LiveState live, IHttpContextAccessor request) : IHistoryApi
{
    /// <inheritdoc/>
    public Task<TrendHistory?> GetHistoryAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default) =>
        Task.FromResult(history.Read(Seen([sensorId]), from, to, points, cancellationToken).FirstOrDefault());

    /// <inheritdoc/>
    public Task<TrendHistory[]> GetHistoriesAsync(
        IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default) =>
        Task.FromResult(history.Read(Seen(sensorIds), from, to, points, cancellationToken));

    private IReadOnlyCollection<string> Seen(IReadOnlyCollection<string> sensorIds) =>
        Sight.Of(request) is { IsWhole: false } sight ? [.. sensorIds.Where(sensorId => sight.Includes(live.LocationOf(sensorId)))] : sensorIds;
}
