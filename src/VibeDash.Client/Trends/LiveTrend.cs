using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>
/// The trend of one sensor in one range: its history with the live tail joined on. Watches first, then fetches, then applies what
/// came meanwhile; fetches anew after a reconnect and when readings were missed. Not thread-safe: the browser has one thread.
/// </summary>
public sealed class LiveTrend : IAsyncDisposable
{
    /// <summary>Most buckets shown: fewer than the pixels of a phone's chart, enough for a wall board.</summary>
    public const int Points = 300;

    private const int MostAlerts = 100;
    private static readonly TimeSpan LeastBetweenFetches = TimeSpan.FromSeconds(1);

    private readonly IDashboardApi _api;
    private readonly ILiveFeed _feed;
    private readonly TimeProvider _time;
    private readonly Func<DateTimeOffset> _now;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<SensorTick> _sinceFetch = [];

    private IDisposable? _subscription;
    private IAsyncDisposable? _watch;
    private TrendWindow? _window;
    private List<Alert> _alerts = [];
    private bool _fetching;
    private bool _fetchAgain;

    /// <summary>Creates a trend; <see cref="StartAsync"/> fills it.</summary>
    /// <param name="api">Where history comes from.</param>
    /// <param name="feed">Where the tail comes from.</param>
    /// <param name="time">Clock of the pauses between tries.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="length">How long a stretch.</param>
    /// <param name="end">Where it ends; null to follow the server's clock.</param>
    public LiveTrend(
        IDashboardApi api, ILiveFeed feed, TimeProvider time, Func<DateTimeOffset> now, string sensorId, TimeSpan length, DateTimeOffset? end)
    {
        (_api, _feed, _time, _now) = (api, feed, time, now);
        (SensorId, Length, FixedEnd) = (sensorId, length, end);
    }

    /// <summary>Data came; called from the feed, often.</summary>
    public event Action? Changed;

    /// <summary>The sensor.</summary>
    public string SensorId { get; }

    /// <summary>How long a stretch.</summary>
    public TimeSpan Length { get; }

    /// <summary>Where it ends; null while it follows the server's clock.</summary>
    public DateTimeOffset? FixedEnd { get; }

    /// <summary>End of the stretch.</summary>
    public DateTimeOffset To => FixedEnd ?? _now();

    /// <summary>Start of the stretch.</summary>
    public DateTimeOffset From => To - Length;

    /// <summary>True once history has been fetched.</summary>
    public bool IsLoaded => _window is not null;

    /// <summary>True when the server does not know the sensor.</summary>
    public bool IsUnknown { get; private set; }

    /// <summary>Why history could not be fetched; null when it could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Width of a bucket, in milliseconds; 0 before history has come.</summary>
    public long BucketMilliseconds => _window?.BucketMilliseconds ?? 0;

    /// <summary>The sensor's alerts that were open at some time in the stretch, oldest first.</summary>
    public IReadOnlyList<Alert> Alerts => _alerts;

    /// <summary>The buckets of the stretch as it lies now, oldest first.</summary>
    public IReadOnlyList<TrendBucket> Buckets()
    {
        _window?.SlideTo(To);
        return _window?.Buckets ?? [];
    }

    /// <summary>Starts watching, then fetches.</summary>
    public async Task StartAsync()
    {
        _subscription = _feed.Subscribe(new LiveHandlers
        {
            Ticks = OnTicks,
            AlertsChanged = OnAlertsChanged,
            ConnectionChanged = connection =>
            {
                if (connection == LiveConnection.Connected)
                    _ = FetchAsync();
            },
        });
        if (FixedEnd is null)
            _watch = await _feed.WatchSensorsAsync([SensorId]);
        if (!_stopping.IsCancellationRequested)
            await FetchAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        _subscription?.Dispose();
        if (_watch is not null)
            await _watch.DisposeAsync();
        _stopping.Dispose();
    }

    private void OnTicks(SensorTick[] ticks)
    {
        if (FixedEnd is not null)
            return;

        var any = false;
        foreach (var tick in ticks)
        {
            if (tick.SensorId != SensorId)
                continue;
            any = true;
            if (_fetching)
                _sinceFetch.Add(tick);
            if (_window?.Add(tick) == false && !_fetching)
                _ = FetchAsync();
        }

        if (any)
            Changed?.Invoke();
    }

    private void OnAlertsChanged(AlertChange[] changes)
    {
        var mine = changes.Where(change => change.Alert.SensorId == SensorId).ToArray();
        if (mine.Length == 0 || _window is null)
            return;
        Merge(mine);
        Changed?.Invoke();
    }

    private void Merge(AlertChange[] changes)
    {
        foreach (var (_, alert) in changes)
        {
            var index = _alerts.FindIndex(known => known.Id == alert.Id);
            if (index >= 0)
                _alerts[index] = alert;
            else if (alert.RaisedAt <= To)
                _alerts.Add(alert);
        }

        if (_alerts.Count > MostAlerts)
            _alerts.RemoveRange(0, _alerts.Count - MostAlerts);
    }

    private async Task FetchAsync()
    {
        if (_fetching)
        {
            _fetchAgain = true;
            return;
        }

        _fetching = true;
        try
        {
            var tries = 0L;
            do
            {
                _fetchAgain = false;
                _sinceFetch.Clear();
                try
                {
                    Take(await _api.GetHistoryAsync(SensorId, From, To, Points, _stopping.Token));
                }
                catch (HttpRequestException e)
                {
                    (Fault, _fetchAgain) = (e.Message, true);
                }

                Changed?.Invoke();
                if (_fetchAgain)
                    await Task.Delay(Fault is null ? LeastBetweenFetches : EndlessRetry.Pause(tries++), _time, _stopping.Token);
            }
            while (_fetchAgain);
        }
        catch (OperationCanceledException)
        {
            // The page shows something else now.
        }
        finally
        {
            _fetching = false;
            _sinceFetch.Clear();
        }
    }

    private void Take(TrendHistory? history)
    {
        (Fault, IsUnknown) = (null, history is null);
        if (history is null)
            return;
        _window = new TrendWindow(history);
        _alerts = [.. history.Alerts];
        foreach (var tick in _sinceFetch)
            _fetchAgain |= !_window.Add(tick);
    }
}
