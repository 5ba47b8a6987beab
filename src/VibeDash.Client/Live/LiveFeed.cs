using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Live;

/// <summary>The live messages over SignalR. Connects with the first subscriber and reconnects without end.</summary>
public sealed class LiveFeed : ILiveFeed, IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly LiveSubscribers _subscribers;
    private readonly Dictionary<string, int> _sensors = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly ILogger<LiveFeed> _logger;
    private Task? _connecting;
    private int _overviews;

    /// <summary>Creates the feed without connecting.</summary>
    /// <param name="site">Address of the site, ending in a slash.</param>
    /// <param name="time">Clock of the pauses between attempts.</param>
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

        _hub.On<SensorTick[]>(nameof(ILiveClient.Ticks), ticks => _subscribers.Publish(s => s.Ticks, ticks));
        _hub.On<SensorTick[]>(nameof(ILiveClient.Overview), ticks => _subscribers.Publish(s => s.Overview, ticks));
        _hub.On<SensorSnapshot[]>(nameof(ILiveClient.SensorsChanged), sensors => _subscribers.Publish(s => s.SensorsChanged, sensors));
        _hub.On<string[]>(nameof(ILiveClient.SensorsRemoved), sensorIds => _subscribers.Publish(s => s.SensorsRemoved, sensorIds));
        _hub.On<AlertChange[]>(nameof(ILiveClient.AlertsChanged), changes => _subscribers.Publish(s => s.AlertsChanged, changes));
        _hub.On<JournalSpan>(nameof(ILiveClient.AlertsPassed), span => _subscribers.Publish(s => s.AlertsPassed, span));
        _hub.On<JournalSpan>(nameof(ILiveClient.NotesPassed), span => _subscribers.Publish(s => s.NotesPassed, span));
        _hub.On<NoteChange[]>(nameof(ILiveClient.NotesChanged), changes => _subscribers.Publish(s => s.NotesChanged, changes));
        _hub.On<ServerStatus>(nameof(ILiveClient.StatusChanged), status => _subscribers.Publish(s => s.StatusChanged, status));
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
    public async Task<IAsyncDisposable> WatchOverviewAsync()
    {
        if (++_overviews == 1)
            await InvokeAsync(LiveHubMethods.WatchOverview);
        return new Watching(async () =>
        {
            if (--_overviews == 0)
                await InvokeAsync(LiveHubMethods.UnwatchOverview);
        });
    }

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> WatchSensorsAsync(IReadOnlyCollection<string> sensorIds)
    {
        string[] watched = [.. sensorIds.Distinct(StringComparer.Ordinal)];
        string[] added = [.. watched.Where(sensorId => (_sensors[sensorId] = _sensors.GetValueOrDefault(sensorId) + 1) == 1)];
        if (added.Length > 0)
            await InvokeAsync(LiveHubMethods.WatchSensors, [added]);
        return new Watching(async () =>
        {
            string[] ended = [.. watched.Where(sensorId => --_sensors[sensorId] == 0)];
            foreach (var sensorId in ended)
                _sensors.Remove(sensorId);
            if (ended.Length > 0)
                await InvokeAsync(LiveHubMethods.UnwatchSensors, [ended]);
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _hub.DisposeAsync();
        _stopping.Dispose();
    }

    // Without a connection nothing is sent: connecting sends all watches.
    private async Task InvokeAsync(string method, params object?[] arguments)
    {
        if (_hub.State != HubConnectionState.Connected)
            return;
        try
        {
            await _hub.InvokeCoreAsync(method, arguments, _stopping.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _logger.LogWarning(e, "{Method} failed.", method);
        }
    }

    // SignalR reconnects only after a first success, so the first connection is retried here.
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
            catch (Exception e) when (EndlessRetry.IsSignedOut(e))
            {
                await Become(LiveConnection.SignedOut);
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _logger.LogDebug(e, "The live connection could not be made.");
            }

            await Task.Delay(EndlessRetry.Pause(tries), _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A server may close a connection for good. A wall board reconnects all the same.
    private async Task RestartAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await Become(LiveConnection.Reconnecting);
        await ConnectAsync();
    }

    // Watches first: a subscriber that fetches a snapshot when connected must not miss the ticks after it.
    private async Task BecomeConnectedAsync()
    {
        if (_overviews > 0)
            await InvokeAsync(LiveHubMethods.WatchOverview);
        if (_sensors.Count > 0)
            await InvokeAsync(LiveHubMethods.WatchSensors, [_sensors.Keys.ToArray()]);
        await Become(LiveConnection.Connected);
    }

    private Task Become(LiveConnection connection)
    {
        Connection = connection;
        _subscribers.Publish(s => s.ConnectionChanged, connection);
        return Task.CompletedTask;
    }

    private sealed class Watching(Func<Task> end) : IAsyncDisposable
    {
        private Func<Task>? _end = end;

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _end, null) is { } end ? new(end()) : ValueTask.CompletedTask;
    }
}
