using Microsoft.Extensions.Logging.Abstractions;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Tests;

/// <summary>A feed controlled by a test.</summary>
internal sealed class FakeFeed : ILiveFeed
{
    private readonly LiveSubscribers _subscribers = new(NullLogger.Instance);

    public LiveConnection Connection { get; private set; } = LiveConnection.Connected;

    /// <summary>Requests to the feed, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Current subscriptions.</summary>
    public List<string> Watched { get; } = [];

    public int Subscriptions { get; private set; }

    public IDisposable Subscribe(LiveHandlers handlers)
    {
        Calls.Add("subscribe");
        Subscriptions++;
        var subscription = _subscribers.Add(handlers);
        return new Disposing(() =>
        {
            Subscriptions--;
            subscription.Dispose();
        });
    }

    public Task<IAsyncDisposable> WatchOverviewAsync() => Watch("overview");

    public Task<IAsyncDisposable> WatchSensorsAsync(IReadOnlyCollection<string> sensorIds) => Watch([.. sensorIds]);

    public void Send(params SensorTick[] ticks) => _subscribers.Publish(s => s.Ticks, ticks);

    public void SendOverview(params SensorTick[] ticks) => _subscribers.Publish(s => s.Overview, ticks);

    public void Remove(params string[] sensorIds) => _subscribers.Publish(s => s.SensorsRemoved, sensorIds);

    public void Send(params SensorSnapshot[] sensors) => _subscribers.Publish(s => s.SensorsChanged, sensors);

    public void Send(params AlertChange[] changes) => _subscribers.Publish(s => s.AlertsChanged, changes);

    public void Send(params NoteChange[] changes) => _subscribers.Publish(s => s.NotesChanged, changes);

    public void Send(ServerStatus status) => _subscribers.Publish(s => s.StatusChanged, status);

    public void Become(LiveConnection connection)
    {
        Connection = connection;
        _subscribers.Publish(s => s.ConnectionChanged, connection);
    }

    private Task<IAsyncDisposable> Watch(params string[] what)
    {
        Calls.Add($"watch {string.Join(' ', what)}");
        Watched.AddRange(what);
        return Task.FromResult<IAsyncDisposable>(new Disposing(() => what.ToList().ForEach(one => Watched.Remove(one))));
    }

    private sealed class Disposing(Action action) : IDisposable, IAsyncDisposable
    {
        public void Dispose() => action();

        public ValueTask DisposeAsync()
        {
            action();
            return ValueTask.CompletedTask;
        }
    }
}
