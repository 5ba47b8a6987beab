using Microsoft.Extensions.Logging;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;

namespace VibeDash.Client.Live;

/// <summary>
/// The picture of the fleet that all parts of the page share. Subscribes, fetches a snapshot and merges; fetches anew after every
/// reconnect and whenever a message shows that others were missed. Not thread-safe: the browser has one thread.
/// </summary>
public sealed class LiveFleet : IAsyncDisposable
{
    /// <summary>Least distance of two <see cref="Changed"/> for readings.</summary>
    public static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(250);

    /// <summary>From <see cref="AlertsChanged"/> to the <see cref="Changed"/> that follows it: the browser shows the alert before it draws the rest.</summary>
    public static readonly TimeSpan AfterAlerts = TimeSpan.FromMilliseconds(40);

    /// <summary>How often <see cref="Changed"/> comes when nothing else happens, so that ages grow and silence shows.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    // A server whose messages never fit its snapshots must not be asked in a tight loop.
    private static readonly TimeSpan LeastBetweenFetches = TimeSpan.FromSeconds(1);

    // Long enough for a phone to load the site on a poor network.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const string StateKey = "fleet";

    private readonly ISensorApi _api;
    private readonly ILiveFeed _feed;
    private readonly TimeProvider _time;
    private readonly PrerenderedState _state;
    private readonly ILogger<LiveFleet> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Func<FleetView, bool>> _sinceFetch = [];

    private FleetSnapshot? _prerendered;
    private TimeSpan _clockOffset;
    private IDisposable? _keeping;
    private IDisposable? _subscription;
    private IAsyncDisposable? _watch;
    private ITimer? _timer;
    private Task? _starting;
    private long _changedAt;
    private bool _changePending;
    private bool _fetching;
    private bool _fetchAgain;

    /// <summary>Creates an empty picture; <see cref="LoadAsync"/> fills it, <see cref="StartAsync"/> keeps it live.</summary>
    public LiveFleet(ISensorApi api, ILiveFeed feed, TimeProvider time, PrerenderedState state, ILogger<LiveFleet> logger)
    {
        (_api, _feed, _time, _state, _logger) = (api, feed, time, state, logger);
        _changedAt = time.GetTimestamp();
    }

    /// <summary>Something changed: draw again.</summary>
    public event Action? Changed;

    /// <summary>Alerts changed: draw at once what shows alerts, and no more; <see cref="Changed"/> follows.</summary>
    public event Action? AlertsChanged;

    /// <summary>The fleet, or null before the first snapshot.</summary>
    public FleetView? View { get; private set; }

    /// <summary>State of the live connection.</summary>
    public LiveConnection Connection => _feed.Connection;

    /// <summary>Why the last snapshot could not be fetched; null when it could.</summary>
    public string? Fault { get; private set; }

    /// <summary>The server's clock.</summary>
    public DateTimeOffset Now => _time.GetUtcNow() + _clockOffset;

    /// <summary>Server time up to which the picture is known to be right; null before the first snapshot. While live this is <see cref="Now"/>.</summary>
    public DateTimeOffset? LiveUntil { get; private set; }

    /// <summary>True while the picture is known to be right now.</summary>
    public bool IsLive => Connection == LiveConnection.Connected && View is not null && Fault is null;

    /// <summary>True when the picture must look old: the connection is gone, or has not come about in a time that explains itself.</summary>
    public bool IsLost =>
        Connection == LiveConnection.Reconnecting
        || Fault is not null
        || (Connection == LiveConnection.Connecting && Now - LiveUntil > Patience);

    /// <summary>Fills the picture for the first drawing: on the server by asking, in the browser with what the server prerendered from.</summary>
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
            _prerendered = await _api.GetFleetAsync(_stopping.Token);
            Take(_prerendered);
        }
        catch (HttpRequestException e)
        {
            // The page goes out without numbers and asks for them itself.
            _logger.LogWarning(e, "The fleet could not be prerendered.");
        }
    }

    /// <summary>Goes live. Only the first call does something.</summary>
    public Task StartAsync() => _starting ??= StartOnceAsync();

    /// <summary>Fetches a new snapshot, for when something happened that the live messages may not tell.</summary>
    public Task RefreshAsync() => FetchAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _subscription?.Dispose();
        _keeping?.Dispose();
        if (_timer is not null)
            await _timer.DisposeAsync();
        if (_watch is not null)
            await _watch.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task StartOnceAsync()
    {
        _timer = _time.CreateTimer(_ => Beat(), null, Heartbeat, Heartbeat);
        _subscription = _feed.Subscribe(new LiveHandlers
        {
            Ticks = ticks => Merge(view => view.Apply(ticks), urgent: false),
            Overview = ticks => Merge(view => view.Apply(ticks), urgent: false),
            SensorsChanged = sensors => Merge(view => Applied(() => view.Apply(sensors)), urgent: false),
            AlertsChanged = changes => Merge(view => view.Apply(changes), urgent: true),
            StatusChanged = status => Merge(view => Applied(() => view.Apply(status)), urgent: false),
            ConnectionChanged = OnConnectionChanged,
        });
        _watch = await _feed.WatchOverviewAsync();

        // Once connected the snapshot is fetched anew anyway; until then show what can be had.
        if (View is null || Connection == LiveConnection.Connected)
            await FetchAsync();
    }

    private static bool Applied(Action apply)
    {
        apply();
        return true;
    }

    private void Merge(Func<FleetView, bool> message, bool urgent)
    {
        // What arrives while a snapshot is on its way may be missing from it. What it does cover is recognised by number.
        if (_fetching)
            _sinceFetch.Add(message);
        if (View is null)
            return;

        var complete = message(View);
        if (!complete && !_fetching)
            _ = FetchAsync();
        if (urgent)
            RaiseAlertsChanged();
        else
            RaiseChanged(now: false);
    }

    private void OnConnectionChanged(LiveConnection connection)
    {
        if (connection == LiveConnection.Connected)
            _ = FetchAsync();
        RaiseChanged(now: true);
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
                    Take(await _api.GetFleetAsync(_stopping.Token));
                    tries = 0;
                    foreach (var message in _sinceFetch)
                        _fetchAgain |= !message(View!);
                }
                catch (HttpRequestException e)
                {
                    _logger.LogDebug(e, "The snapshot could not be fetched.");
                    Fault = e.Message;
                    _fetchAgain = true;
                }

                RaiseChanged(now: true);
                if (_fetchAgain)
                    await Task.Delay(Fault is null ? LeastBetweenFetches : EndlessRetry.Pause(++tries), _time, _stopping.Token);
            }
            while (_fetchAgain);
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        finally
        {
            _fetching = false;
            _sinceFetch.Clear();
        }
    }

    private void Take(FleetSnapshot snapshot)
    {
        _clockOffset = snapshot.ServerTime - _time.GetUtcNow();
        View = new FleetView(snapshot);
        LiveUntil = snapshot.ServerTime;
        Fault = null;
    }

    // The browser shows it until it has fetched its own: three decimals of a sparkline are plenty, and a quarter of the bytes.
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

        // Always: a timer that comes a little early must not leave what it came for to the next beat.
        RaiseChanged(now: true);
    }

    // Drawing a large fleet takes longer than all the way of an alert up to here.
    private void RaiseAlertsChanged()
    {
        AlertsChanged?.Invoke();

        // One that is under way is not put off, or a row of alerts would keep the rest from being drawn.
        if (_changePending)
            return;
        _changePending = true;
        _timer?.Change(AfterAlerts, Heartbeat);
    }

    // The timer's next beat takes along what came too soon after the last drawing; it is moved forward for that.
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
