using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>
/// The trend of an earlier period. For a period that moves with the clock it is fetched a little ahead, and again when that is used up.
/// Not thread-safe: the browser has one thread.
/// </summary>
public sealed class EarlierTrend(IHistoryApi api, IReadOnlyList<string> sensorIds, TrendPeriod period, TrendGhost ghost, int points) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private TrendHistory[] _histories = [];
    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private bool _fetching;

    /// <summary>Time between the two periods.</summary>
    public TimeSpan Shift { get; private set; }

    /// <summary>Width of a bucket of the sensor, in milliseconds.</summary>
    public long BucketMilliseconds(string sensorId) => Find(sensorId)?.BucketMilliseconds ?? 0;

    /// <summary>The buckets of the sensor, oldest first, with their original times; empty before they have been fetched.</summary>
    public IReadOnlyList<TrendBucket> Buckets(string sensorId) => Find(sensorId)?.Buckets ?? [];

    /// <summary>Unit of the buckets of the sensor; empty before they have been fetched.</summary>
    public string Unit(string sensorId) => Find(sensorId)?.Unit ?? "";

    /// <summary>Fetches the buckets missing for the current period.</summary>
    /// <returns>True when buckets were fetched.</returns>
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
            // Repeated with the next drawing. The trend itself shows the failure.
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
