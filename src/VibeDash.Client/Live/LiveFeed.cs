using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Live;

/// <summary>The live messages over SignalR. Connects with the first subscriber and then stays connected, whatever happens to the server.</summary>
public sealed class LiveFeed : ILiveFeed, IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly LiveSubscribers _subscribers;
    private readonly Dictionary<Watch, int> _watches = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly ILogger<LiveFeed> _logger;
    private Task? _connecting;

    /// <summary>Creates the feed; it does not connect yet.</summary>
    /// <param name="site">Address of the site, ending in a slash.</param>
    /// <param name="time">Clock of the pauses between tries.</param>
    /// <param name="logger">Log.</param>
    public LiveFeed(Uri site, TimeProvider time, ILogger<LiveFeed> logger)
    {
        (_time, _logger) = (time, logger);
        _subscribers = new LiveSubscribers(logger);
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(site, LiveHubMethods.Path))
            .WithAutomaticReconnect(new EndlessRetry())
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, DashboardJson.Default))
            .Build();

        _hub.On<SensorTick[]>(nameof(ILiveClient.Ticks), ticks => _subscribers.Tell(s => s.Ticks, ticks));
        _hub.On<SensorSnapshot[]>(nameof(ILiveClient.SensorsChanged), sensors => _subscribers.Tell(s => s.SensorsChanged, sensors));
        _hub.On<AlertChange[]>(nameof(ILiveClient.AlertsChanged), changes => _subscribers.Tell(s => s.AlertsChanged, changes));
        _hub.On<ServerStatus>(nameof(ILiveClient.StatusChanged), status => _subscribers.Tell(s => s.StatusChanged, status));
        _hub.Reconnecting += _ => Become(LiveConnection.Reconnecting);
        _hub.Reconnected += _ => BecomeConnectedAsync();
        _hub.Closed += _ => RestartAsync();
    }

    /// <inheritdoc/>
    public LiveConnection Connection { get; private set; } = LiveConnection.Connecting;

    /// <inheritdoc/>
    public IDisposable Subscribe(LiveHandlers handlers)
    {
        var subscription = _subscribers.Add(handlers);
        _connecting ??= ConnectAsync();
        return subscription;
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchFleetAsync() => WatchAsync(new Watch(null));

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchSensorAsync(string sensorId) => WatchAsync(new Watch(sensorId));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _hub.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task<IAsyncDisposable> WatchAsync(Watch watch)
    {
        _watches[watch] = _watches.GetValueOrDefault(watch) + 1;
        if (_watches[watch] == 1)
            await AskAsync(watch, watch.Start);
        return new Watching(this, watch);
    }

    private async ValueTask UnwatchAsync(Watch watch)
    {
        if (--_watches[watch] > 0)
            return;
        _watches.Remove(watch);
        await AskAsync(watch, watch.Stop);
    }

    // Without a connection there is nothing to ask: the watches are applied when there is one.
    private async Task AskAsync(Watch watch, string method)
    {
        if (_hub.State != HubConnectionState.Connected)
            return;
        try
        {
            await _hub.InvokeCoreAsync(method, watch.Arguments, _stopping.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _logger.LogWarning(e, "{Method} was not answered.", method);
        }
    }

    // Automatic reconnecting begins only after the first success, so the first connection is tried here.
    private async Task ConnectAsync()
    {
        for (var tries = 0L; !_stopping.IsCancellationRequested; tries++)
        {
            try
            {
                await _hub.StartAsync(_stopping.Token);
                await BecomeConnectedAsync();
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _logger.LogDebug(e, "The live connection could not be made.");
            }

            await Task.Delay(EndlessRetry.Pause(tries), _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A server may also end a connection for good; for a wall board there is no such thing.
    private async Task RestartAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await Become(LiveConnection.Reconnecting);
        await ConnectAsync();
    }

    // Watches first: whoever fetches a snapshot on hearing "connected" must not miss a tick after it.
    private async Task BecomeConnectedAsync()
    {
        foreach (var watch in _watches.Keys.ToArray())
            await AskAsync(watch, watch.Start);
        await Become(LiveConnection.Connected);
    }

    private Task Become(LiveConnection connection)
    {
        Connection = connection;
        _subscribers.Tell(s => s.ConnectionChanged, connection);
        return Task.CompletedTask;
    }

    private readonly record struct Watch(string? SensorId)
    {
        public string Start => SensorId is null ? LiveHubMethods.WatchFleet : LiveHubMethods.WatchSensor;

        public string Stop => SensorId is null ? LiveHubMethods.UnwatchFleet : LiveHubMethods.UnwatchSensor;

        public object?[] Arguments => SensorId is null ? [] : [SensorId];
    }

    private sealed class Watching(LiveFeed feed, Watch watch) : IAsyncDisposable
    {
        private bool _disposed;

        public ValueTask DisposeAsync()
        {
            if (_disposed)
                return ValueTask.CompletedTask;
            _disposed = true;
            return feed.UnwatchAsync(watch);
        }
    }
}
