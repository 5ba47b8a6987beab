using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>
/// The same stretch of an earlier time. While the stretch moves on with the clock, this one is fetched a little ahead, and anew when that
/// is used up. Not thread-safe: the browser has one thread.
/// </summary>
public sealed class EarlierTrend(IHistoryApi api, IReadOnlyList<string> sensorIds, TrendPeriod period, TrendGhost ghost, int points) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private TrendHistory[] _histories = [];
    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private bool _fetching;

    /// <summary>How much earlier it lies.</summary>
    public TimeSpan Shift { get; private set; }

    /// <summary>Width of a bucket of the sensor, in milliseconds.</summary>
    public long BucketMilliseconds(string sensorId) => Find(sensorId)?.BucketMilliseconds ?? 0;

    /// <summary>The buckets of the sensor, oldest first, at the times at which they were; none before they have come.</summary>
    public IReadOnlyList<TrendBucket> Buckets(string sensorId) => Find(sensorId)?.Buckets ?? [];

    /// <summary>Fetches what is missing for the stretch as it lies now.</summary>
    /// <returns>True when something came.</returns>
    public async Task<bool> LoadAsync(DateTimeOffset now)
    {
        var to = period.To(now);
        if (_fetching || to <= _until)
            return false;
        _fetching = true;
        try
        {
            var shift = ghost.Shift(to);
            var ahead = period.IsLive ? period.Length / 10 : TimeSpan.Zero;
            _histories = await api.GetHistoriesAsync(sensorIds, to - period.Length - shift, to + ahead - shift, points, _stopping.Token);
            (Shift, _until) = (shift, to + ahead);
            return true;
        }
        catch (HttpRequestException)
        {
            // Comes with the next beat; the trend itself tells that the server is away.
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            _fetching = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private TrendHistory? Find(string sensorId) => Array.Find(_histories, history => history.SensorId == sensorId);
}
