using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>The trend of some sensors in one period: history with live readings appended. Not thread-safe: the browser has one thread.</summary>
public sealed class LiveTrend : IAsyncDisposable
{
    private readonly ILiveFeed _feed;
    private readonly Func<DateTimeOffset> _now;
    private readonly LiveQuery<TrendHistory[]> _query;
    private readonly Dictionary<string, SensorTrend> _sensors;

    private IAsyncDisposable? _watch;

    /// <summary>Creates a trend; <see cref="StartAsync"/> fills it.</summary>
    /// <param name="api">Fetches history.</param>
    /// <param name="feed">Reports new readings.</param>
    /// <param name="time">Clock of the pauses between attempts.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="sensorIds">The sensors, 1 to <see cref="TrendHistory.MaximumSensors"/>.</param>
    /// <param name="period">The period.</param>
    /// <param name="points">Maximum number of buckets of each sensor.</param>
    public LiveTrend(
        IHistoryApi api, ILiveFeed feed, TimeProvider time, Func<DateTimeOffset> now, IReadOnlyList<string> sensorIds, TrendPeriod period, int points)
    {
        (_feed, _now, Period, Points) = (feed, now, period, points);
        Sensors = [.. sensorIds.Select(sensorId => new SensorTrend(sensorId))];
        _sensors = Sensors.ToDictionary(sensor => sensor.SensorId, StringComparer.Ordinal);
        _query = new(time, cancellationToken => api.GetHistoriesAsync(sensorIds, From, Period.End, points, cancellationToken), Take, () => Changed?.Invoke())
        {
            MinimumPause = TimeSpan.FromSeconds(1),
        };
    }

    /// <summary>The data changed. Raised often.</summary>
    public event Action? Changed;

    /// <summary>The sensors, in the order given.</summary>
    public IReadOnlyList<SensorTrend> Sensors { get; }

    /// <summary>The period.</summary>
    public TrendPeriod Period { get; }

    /// <summary>Maximum number of buckets of each sensor.</summary>
    public int Points { get; }

    /// <summary>Current end of the period.</summary>
    public DateTimeOffset To => Period.To(_now());

    /// <summary>Current start of the period.</summary>
    public DateTimeOffset From => Period.From(_now());

    /// <summary>True once history has been fetched.</summary>
    public bool IsLoaded => _query.IsLoaded;

    /// <summary>The message of the last fetch's failure; null when it succeeded.</summary>
    public string? Fault => _query.Fault;

    /// <summary>Subscribes, then fetches.</summary>
    public async Task StartAsync()
    {
        _query.Subscribe(_feed, new LiveHandlers
        {
            Ticks = OnTicks,
            SensorsChanged = OnSensorsChanged,
            AlertsChanged = OnAlertsChanged,
            NotesChanged = changes =>
            {
                // Rare; the server decides which notes lie in the period.
                if (changes.Any(change => _sensors.ContainsKey(change.Note.SensorId)))
                    _ = _query.RunAsync();
            },
        });
        if (Period.IsLive)
        {
            var watch = await _feed.WatchSensorsAsync([.. _sensors.Keys]);
            if (_query.IsStopped)
                await watch.DisposeAsync();
            else
                _watch = watch;
        }

        if (!_query.IsStopped)
            await _query.RunAsync();
    }

    /// <summary>Rules were fetched: asks for history again when its thresholds are no longer those in force.</summary>
    public void Follow(TrendRules rules)
    {
        var any = false;
        foreach (var sensor in Sensors)
            any |= sensor.HasOtherThresholds(rules.Of(sensor.SensorId));
        if (any && !_query.IsStopped)
            _ = _query.RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_query.IsStopped)
            return;
        _query.Dispose();
        if (_watch is not null)
            await _watch.DisposeAsync();
    }

    private void OnTicks(SensorTick[] ticks)
    {
        if (!Period.IsLive)
            return;

        var (any, hasOtherBaseline) = (false, false);
        foreach (var tick in ticks)
        {
            if (!_sensors.TryGetValue(tick.SensorId, out var sensor))
                continue;
            any = true;
            hasOtherBaseline |= sensor.HasOtherBaseline(tick.Baseline);
            _query.Merge(() => sensor.Add(tick));
        }

        if (hasOtherBaseline)
            _ = _query.RunAsync();
        if (any)
            Changed?.Invoke();
    }

    // Sent when watching starts. Readings between the history and that moment come in no tick.
    private void OnSensorsChanged(SensorSnapshot[] snapshots)
    {
        if (!Period.IsLive)
            return;
        foreach (var snapshot in snapshots)
        {
            if (!_sensors.TryGetValue(snapshot.SensorId, out var sensor))
                continue;
            _query.Merge(() => !sensor.IsBehind(snapshot.Sequence, snapshot.Unit));

            // Rare; the history has the times of readings that were not good, and of each baseline.
            if (!sensor.HasOtherBaseline(snapshot.BaselineInForce) && sensor.NotGoodSince == snapshot.NotGoodSince)
                continue;
            sensor.NotGoodSince = snapshot.NotGoodSince;
            _ = _query.RunAsync();
        }
    }

    private void OnAlertsChanged(AlertChange[] changes)
    {
        var any = false;
        foreach (var (_, alert) in changes)
        {
            if (!_sensors.TryGetValue(alert.SensorId, out var sensor))
                continue;
            any = true;
            _query.Merge(() =>
            {
                sensor.Merge(alert, To);
                return true;
            });
        }

        if (any && IsLoaded)
            Changed?.Invoke();
    }

    private void Take(TrendHistory[] histories)
    {
        foreach (var sensor in Sensors)
            sensor.Take(Array.Find(histories, history => history.SensorId == sensor.SensorId));
    }
}
