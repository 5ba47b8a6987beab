using VibeDash.Core.Trends;

namespace VibeDash.Core.Contract;

/// <summary>Stored readings, as buckets.</summary>
/// <remarks>Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or fails.</remarks>
public interface IHistoryApi
{
    /// <summary>The history of one sensor in a time range; null when the sensor is not known.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="from">Start, inclusive; before <paramref name="to"/>.</param>
    /// <param name="to">End, inclusive; null for everything up to the newest reading.</param>
    /// <param name="points">Maximum number of buckets, 2 to 2,000.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    Task<TrendHistory?> GetHistoryAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default);

    /// <summary>The history of several sensors in one time range, in the order of <paramref name="sensorIds"/>; unknown sensors are left out.</summary>
    /// <param name="sensorIds">1 to <see cref="TrendHistory.MaximumSensors"/> sensors.</param>
    /// <param name="from">Start, inclusive; before <paramref name="to"/>.</param>
    /// <param name="to">End, inclusive; null for everything up to the newest reading, so that live readings can be appended.</param>
    /// <param name="points">Maximum number of buckets of each sensor, 2 to 2,000.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    Task<TrendHistory[]> GetHistoriesAsync(
        IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default);
}
