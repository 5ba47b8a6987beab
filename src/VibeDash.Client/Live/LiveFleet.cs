using Microsoft.Extensions.Logging;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;

namespace VibeDash.Client.Live;

/// <summary>The state of the fleet, shared by all parts of the page and kept up to date. Not thread-safe: the browser has one thread.</summary>
public sealed class LiveFleet : IAsyncDisposable
{
    /// <summary>Minimum interval between two <see cref="Changed"/> for readings.</summary>
    public static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(250);

    /// <summary>Delay of <see cref="Changed"/> after <see cref="AlertsChanged"/>, so that the browser shows the alert before it draws the rest.</summary>
    public static readonly TimeSpan AfterAlerts = TimeSpan.FromMilliseconds(40);

    /// <summary>Interval of <see cref="Changed"/> when nothing else happens, so that ages grow and silence shows.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    // A phone may need that long to load the site over a poor network.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private const string StateKey = "fleet";

    private readonly ISensorApi _api;
    private readonly ILiveFeed _feed;
    private readonly TimeProvider _time;
    private readonly PrerenderedState _state;
    private readonly ILogger<LiveFleet> _logger;
    private readonly LiveQuery<FleetSnapshot> _query;

    private FleetSnapshot? _prerendered;
    private TimeSpan _clockOffset;
    private IDisposable? _keeping;
    private IAsyncDisposable? _watch;
    private ITimer? _timer;
    private Task? _starting;
    private long _changedAt;
    private bool _changePending;

    /// <summary>Creates it empty; <see cref="LoadAsync"/> fills it, <see cref="StartAsync"/> keeps it up to date.</summary>
    public LiveFleet(ISensorApi api, ILiveFeed feed, TimeProvider time, PrerenderedState state, ILogger<LiveFleet> logger)
    {
        (_api, _feed, _time, _state, _logger) = (api, feed, time, state, logger);
        _query = new(time, api.GetFleetAsync, Take, OnFetched) { MinimumPause = TimeSpan.FromSeconds(1) };
        _changedAt = time.GetTimestamp();
    }

    /// <summary>Something changed: draw again.</summary>
    public event Action? Changed;

    /// <summary>Alerts changed: draw only the parts that show alerts, at once. <see cref="Changed"/> follows.</summary>
    public event Action? AlertsChanged;

    /// <summary>The fleet; null before the first snapshot.</summary>
    public FleetView? View { get; private set; }

    /// <summary>State of the live connection.</summary>
    public LiveConnection Connection => _feed.Connection;

    /// <summary>The message of the last fetch's failure; null when it succeeded.</summary>
    public string? Fault => _query.Fault;

    /// <summary>The server's clock.</summary>
    public DateTimeOffset Now => _time.GetUtcNow() + _clockOffset;

    /// <summary>Server time up to which the data is known to be current; null before the first snapshot. <see cref="Now"/> while live.</summary>
    public DateTimeOffset? LiveUntil { get; private set; }

    /// <summary>True while the data is known to be current.</summary>
    public bool IsLive => Connection == LiveConnection.Connected && View is not null && Fault is null;

    /// <summary>True when the page must look outdated: the connection is lost, or was not made in time.</summary>
    public bool IsLost =>
        Connection is LiveConnection.Reconnecting or LiveConnection.SignedOut
        || Fault is not null
        || (Connection == LiveConnection.Connecting && Now - LiveUntil > ConnectTimeout);

    /// <summary>Loads the data of the first drawing: on the server from the API, in the browser from the prerendered page.</summary>
    /// <param name="prerendering">True on the server.</param>
    public async Task LoadAsync(bool prerendering)
    {
        if (View is not null)
            return;
        if (_state.TryTake(StateKey, DashboardJson.Default.FleetSnapshot, out var kept))
        {
            Take(kept);
            return;
        }

        if (!prerendering)
            return;
        _keeping = _state.Keep(StateKey, () => _prerendered is null ? null : Compact(_prerendered), DashboardJson.Default.FleetSnapshot);
        try
        {
            _prerendered = await _api.GetFleetAsync();
            Take(_prerendered);
        }
        catch (HttpRequestException e)
        {
            // The page is sent without data and fetches it in the browser.
            _logger.LogWarning(e, "The fleet could not be prerendered.");
        }
    }

    /// <summary>Subscribes and fetches. Only the first call has an effect.</summary>
    public Task StartAsync() => _starting ??= StartOnceAsync();

    /// <summary>Fetches a new snapshot, for a change that live messages may not report.</summary>
    public Task RefreshAsync() => _query.RunAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _query.Dispose();
        _keeping?.Dispose();
        if (_timer is not null)
            await _timer.DisposeAsync();
        if (_watch is not null)
            await _watch.DisposeAsync();
    }

    private async Task StartOnceAsync()
    {
        _timer = _time.CreateTimer(_ => Beat(), null, Heartbeat, Heartbeat);
        _query.Subscribe(_feed, new LiveHandlers
        {
            Ticks = ticks => Merge(view => view.Apply(ticks), urgent: false),
            Overview = ticks => Merge(view => view.Apply(ticks), urgent: false),
            SensorsChanged = sensors => Merge(view => Applied(() => view.Apply(sensors)), urgent: false),
            SensorsRemoved = Remove,
            AlertsChanged = changes => Merge(view => view.Apply(changes), urgent: true),
            AlertsPassed = span => _query.Merge(() => View?.Apply(span) ?? true),
            StatusChanged = status => Merge(view => Applied(() => view.Apply(status)), urgent: false),
            ConnectionChanged = _ => RaiseChanged(now: true),
        });
        _watch = await _feed.WatchOverviewAsync();

        // Connecting fetches the snapshot anyway; until then show the prerendered one.
        if (View is null || Connection == LiveConnection.Connected)
            await _query.RunAsync();
    }

    private void Remove(string[] sensorIds)
    {
        Merge(view => Applied(() => view.Remove(sensorIds)), urgent: true);
        _ = RefreshAsync();
    }

    private static bool Applied(Action apply)
    {
        apply();
        return true;
    }

    private void Merge(Func<FleetView, bool> message, bool urgent)
    {
        _query.Merge(() => View is null || message(View));
        if (View is null)
            return;
        if (urgent)
            RaiseAlertsChanged();
        else
            RaiseChanged(now: false);
    }

    private void OnFetched()
    {
        if (Fault is { } fault)
            _logger.LogDebug("The snapshot could not be fetched. {Fault}", fault);
        RaiseChanged(now: true);
    }

    private void Take(FleetSnapshot snapshot)
    {
        _clockOffset = snapshot.ServerTime - _time.GetUtcNow();
        View = new FleetView(snapshot);
        LiveUntil = snapshot.ServerTime;
    }

    // Shown only until the browser has fetched its own: three decimals of a sparkline are enough, for a quarter of the bytes.
    private static FleetSnapshot Compact(FleetSnapshot snapshot) => snapshot with
    {
        Sensors =
        [
            .. snapshot.Sensors.Select(sensor =>
                sensor with { Sparkline = [.. sensor.Sparkline.Select(point => point with { Level = Math.Round(point.Level, 3) })] }),
        ],
    };

    private void Beat()
    {
        if (IsLive)
            LiveUntil = Now;

        // Unconditionally: a timer that fires slightly early must not defer a pending change to the next beat.
        RaiseChanged(now: true);
    }

    // Drawing a large fleet takes longer than an alert takes from the sensor to here.
    private void RaiseAlertsChanged()
    {
        AlertsChanged?.Invoke();

        // A pending change is not postponed: a series of alerts must not keep the rest from being drawn.
        if (_changePending)
            return;
        _changePending = true;
        _timer?.Change(AfterAlerts, Heartbeat);
    }

    // A change too soon after the last drawing waits for the timer, which is brought forward.
    private void RaiseChanged(bool now)
    {
        var since = _time.GetElapsedTime(_changedAt);
        if (now || since >= Coalescing)
        {
            _changedAt = _time.GetTimestamp();
            _changePending = false;
            Changed?.Invoke();
        }
        else if (!_changePending)
        {
            _changePending = true;
            _timer?.Change(Coalescing - since, Heartbeat);
        }
    }
}
