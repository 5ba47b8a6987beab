using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>
/// The trend of some sensors in one period: their history with the live tail joined on. Watches first, then fetches, then applies what
/// came meanwhile; fetches anew after a reconnect and when readings were missed. Not thread-safe: the browser has one thread.
/// </summary>
public sealed class LiveTrend : IAsyncDisposable
{
    private static readonly TimeSpan LeastBetweenFetches = TimeSpan.FromSeconds(1);

    private readonly IHistoryApi _api;
    private readonly ILiveFeed _feed;
    private readonly Func<DateTimeOffset> _now;
    private readonly FetchLoop _fetching;
    private readonly List<SensorTick> _sinceFetch = [];
    private readonly Dictionary<string, long> _snapshotsSinceFetch = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SensorTrend> _sensors;
    private readonly int _points;

    private IDisposable? _subscription;
    private IAsyncDisposable? _watch;

    /// <summary>Creates a trend; <see cref="StartAsync"/> fills it.</summary>
    /// <param name="api">Where history comes from.</param>
    /// <param name="feed">Where the tail comes from.</param>
    /// <param name="time">Clock of the pauses between tries.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="sensorIds">The sensors, 1 to <see cref="TrendHistory.MaximumSensors"/>.</param>
    /// <param name="period">The period.</param>
    /// <param name="points">Most buckets of each sensor.</param>
    public LiveTrend(
        IHistoryApi api, ILiveFeed feed, TimeProvider time, Func<DateTimeOffset> now, IReadOnlyList<string> sensorIds, TrendPeriod period, int points)
    {
        (_api, _feed, _now, Period, _points) = (api, feed, now, period, points);
        Sensors = [.. sensorIds.Select(sensorId => new SensorTrend(sensorId))];
        _sensors = Sensors.ToDictionary(sensor => sensor.SensorId, StringComparer.Ordinal);
        _fetching = new(time, LeastBetweenFetches, FetchAsync, fault =>
        {
            Fault = fault;
            Changed?.Invoke();
        });
    }

    /// <summary>Data came; called from the feed, often.</summary>
    public event Action? Changed;

    /// <summary>The sensors, in the order given.</summary>
    public IReadOnlyList<SensorTrend> Sensors { get; }

    /// <summary>The period.</summary>
    public TrendPeriod Period { get; }

    /// <summary>Most buckets of each sensor.</summary>
    public int Points => _points;

    /// <summary>End of the stretch as it lies now.</summary>
    public DateTimeOffset To => Period.To(_now());

    /// <summary>Start of the stretch as it lies now.</summary>
    public DateTimeOffset From => Period.From(_now());

    /// <summary>True once history has been fetched.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Why history could not be fetched; null when it could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Starts watching, then fetches.</summary>
    public async Task StartAsync()
    {
        _subscription = _feed.Subscribe(new LiveHandlers
        {
            Ticks = OnTicks,
            SensorsChanged = OnSensorsChanged,
            AlertsChanged = OnAlertsChanged,
            NotesChanged = changes =>
            {
                // Rare, and the answer tells which of them lie in the stretch.
                if (changes.Any(change => _sensors.ContainsKey(change.Note.SensorId)))
                    _ = _fetching.RunAsync();
            },
            ConnectionChanged = connection =>
            {
                if (connection == LiveConnection.Connected)
                    _ = _fetching.RunAsync();
            },
        });
        if (Period.IsLive)
        {
            var watch = await _feed.WatchSensorsAsync([.. _sensors.Keys]);
            if (_fetching.IsStopped)
                await watch.DisposeAsync();
            else
                _watch = watch;
        }

        if (!_fetching.IsStopped)
            await _fetching.RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_fetching.IsStopped)
            return;
        _fetching.Dispose();
        _subscription?.Dispose();
        if (_watch is not null)
            await _watch.DisposeAsync();
    }

    private void OnTicks(SensorTick[] ticks)
    {
        if (!Period.IsLive)
            return;

        var any = false;
        foreach (var tick in ticks)
        {
            if (!_sensors.TryGetValue(tick.SensorId, out var sensor))
                continue;
            any = true;
            if (_fetching.IsRunning)
                _sinceFetch.Add(tick);
            if (!sensor.Add(tick) && !_fetching.IsRunning)
                _ = _fetching.RunAsync();
        }

        if (any)
            Changed?.Invoke();
    }

    // Who begins to watch a sensor gets it as it stands. Readings from between the history and that come in no tick.
    private void OnSensorsChanged(SensorSnapshot[] snapshots)
    {
        if (!Period.IsLive)
            return;
        foreach (var snapshot in snapshots)
        {
            if (!_sensors.TryGetValue(snapshot.SensorId, out var sensor))
                continue;
            if (_fetching.IsRunning)
                _snapshotsSinceFetch[snapshot.SensorId] = snapshot.Sequence;
            else if (sensor.IsBehind(snapshot.Sequence))
                _ = _fetching.RunAsync();
        }
    }

    private void OnAlertsChanged(AlertChange[] changes)
    {
        if (!IsLoaded)
            return;
        var any = false;
        foreach (var (_, alert) in changes)
        {
            if (!_sensors.TryGetValue(alert.SensorId, out var sensor))
                continue;
            any = true;
            sensor.Merge(alert, To);
        }

        if (any)
            Changed?.Invoke();
    }

    private async Task<bool> FetchAsync(CancellationToken cancellationToken)
    {
        _sinceFetch.Clear();
        _snapshotsSinceFetch.Clear();
        var histories = await _api.GetHistoriesAsync([.. Sensors.Select(sensor => sensor.SensorId)], From, Period.End, _points, cancellationToken);
        IsLoaded = true;
        foreach (var sensor in Sensors)
            sensor.Take(histories.FirstOrDefault(history => history.SensorId == sensor.SensorId));
        var complete = true;
        foreach (var tick in _sinceFetch)
            complete &= _sensors[tick.SensorId].Add(tick);
        foreach (var (sensorId, sequence) in _snapshotsSinceFetch)
            complete &= !_sensors[sensorId].IsBehind(sequence);
        return complete;
    }
}
