using System.Runtime.InteropServices;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Live;

/// <summary>
/// The hub's connections and their subscriptions. A message is serialised once for all clients that receive the same; a client that watches single
/// sensors gets one message per push with their ticks. Watching is thread-safe; sending is not, and never waits for a client.
/// </summary>
internal sealed class LiveClients(LiveState live, TimeProvider time)
{
    private delegate void SendTicks(LiveClient client, ReadOnlySpan<SensorTick> ticks, ref List<TickFrame>? shared);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LiveClient> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LiveClient>> _watching = new(StringComparer.Ordinal);
    private readonly HashSet<LiveClient> _fresh = [];

    // Of limited clients, by the text of the limit; what they have seen is known to the sender only.
    private readonly Dictionary<string, PlaceView> _views = new(StringComparer.Ordinal);
    private readonly OverviewTicks _overview = new();
    private int _watchers;

    /// <summary>True when a client receives ticks.</summary>
    public bool AnyWatch => Volatile.Read(ref _watchers) > 0;

    /// <summary>True when overview ticks are pending.</summary>
    public bool OverviewWaits => _overview.Any;

    private static SerializedHubMessage Message(string method, object argument) => new(new InvocationMessage(method, [argument]));

    /// <summary>Adds a connection.</summary>
    public void Add(HubConnectionContext connection)
    {
        lock (_lock)
            _clients[connection.ConnectionId] = new(connection, ViewOf(connection.User), time);
    }

    /// <summary>Removes a connection and its subscriptions.</summary>
    public void Remove(string connectionId)
    {
        lock (_lock)
        {
            if (!_clients.Remove(connectionId, out var client))
                return;
            _fresh.Remove(client);
            if (client.View is { } view && --view.Clients == 0)
                _views.Remove(view.Limit.Text);
            foreach (var sensorId in client.Sensors.ToArray())
                Unwatch(client, sensorId);
            WatchFleet(client, watch: false);
            WatchOverview(client, watch: false);
        }
    }

    /// <summary>Starts or stops the ticks of all sensors.</summary>
    public void WatchFleet(string connectionId, bool watch)
    {
        lock (_lock)
        {
            if (_clients.TryGetValue(connectionId, out var client))
                WatchFleet(client, watch);
        }
    }

    /// <summary>Starts or stops the overview of all sensors.</summary>
    public void WatchOverview(string connectionId, bool watch)
    {
        lock (_lock)
        {
            if (_clients.TryGetValue(connectionId, out var client))
                WatchOverview(client, watch);
        }
    }

    /// <summary>Starts the ticks of sensors, with the next <see cref="BeginWatches"/>.</summary>
    /// <returns>False when the total would exceed <see cref="LiveClient.MaximumSensors"/>: nothing is changed.</returns>
    public bool Watch(string connectionId, IReadOnlyCollection<string> sensorIds)
    {
        lock (_lock)
        {
            if (!_clients.TryGetValue(connectionId, out var client))
                return true;
            string[] wanted = [.. sensorIds.Distinct(StringComparer.Ordinal).Where(sensorId => !client.Sensors.Contains(sensorId))];
            if (client.Sensors.Count + wanted.Length > LiveClient.MaximumSensors)
                return false;
            foreach (var sensorId in wanted)
            {
                client.Sensors.Add(sensorId);
                client.Fresh.Add(sensorId);
                if (!_watching.TryGetValue(sensorId, out var clients))
                    _watching[sensorId] = clients = [];
                clients.Add(client);
                _watchers++;
            }

            if (wanted.Length > 0)
                _fresh.Add(client);
            return true;
        }
    }

    /// <summary>Stops the ticks of sensors.</summary>
    public void Unwatch(string connectionId, IEnumerable<string> sensorIds)
    {
        lock (_lock)
        {
            if (!_clients.TryGetValue(connectionId, out var client))
                return;
            foreach (var sensorId in sensorIds)
                Unwatch(client, sensorId);
        }
    }

    /// <summary>Starts the watches requested since the last call. Each client first gets a snapshot of the sensors, to which the ticks then apply.</summary>
    /// <param name="find">Returns the snapshot of a sensor; null for an unknown id.</param>
    public void BeginWatches(Func<string, SensorSnapshot?> find)
    {
        List<(LiveClient Client, string[] Sensors)> begun;
        lock (_lock)
        {
            begun = [.. _fresh.Select(client => (client, client.Fresh.ToArray()))];
            foreach (var client in _fresh)
                client.Fresh.Clear();
            _fresh.Clear();
        }

        foreach (var (client, sensorIds) in begun)
        {
            SensorSnapshot[] sensors = [.. sensorIds.Where(sensorId => client.View?.Sees(sensorId) ?? true).Select(find).OfType<SensorSnapshot>()];
            if (sensors.Length > 0)
                client.Send(Message(nameof(ILiveClient.SensorsChanged), sensors));
        }
    }

    /// <inheritdoc cref="ILiveClient.Ticks"/>
    public void Ticks(ReadOnlySpan<SensorTick> ticks)
    {
        List<LiveClient> fleet = [], overview = [], some = [];
        lock (_lock)
        {
            fleet.AddRange(_clients.Values.Where(client => client.WatchesFleet));
            overview.AddRange(_clients.Values.Where(client => client.WatchesOverview));
            if (_watching.Count > 0)
            {
                foreach (var tick in ticks)
                    Gather(tick, some);
            }
        }

        Send(ticks, fleet, (LiveClient client, ReadOnlySpan<SensorTick> portion, ref List<TickFrame>? shared) => client.SendTicks(portion, ref shared));
        foreach (var client in some)
        {
            List<TickFrame>? own = null;
            client.SendTicks(CollectionsMarshal.AsSpan(client.Gathered), ref own);
            Release(own);
            client.Gathered.Clear();
        }

        Overview(ticks, overview);
    }

    /// <summary>Discards the pending overview ticks.</summary>
    public void ForgetOverview() => _overview.Clear();

    /// <inheritdoc cref="ILiveClient.SensorsChanged"/>
    public void SensorsChanged(SensorSnapshot[] sensors) => Send(nameof(ILiveClient.SensorsChanged), sensors, view =>
    {
        var seen = view.Of(sensors, out var moved);
        return [.. MessageOf(nameof(ILiveClient.SensorsRemoved), moved), .. MessageOf(nameof(ILiveClient.SensorsChanged), seen)];
    });

    /// <inheritdoc cref="ILiveClient.SensorsRemoved"/>
    public void SensorsRemoved(string[] sensorIds) =>
        Send(nameof(ILiveClient.SensorsRemoved), sensorIds, view => MessageOf(nameof(ILiveClient.SensorsRemoved), view.OfRemoved(sensorIds)));

    /// <inheritdoc cref="ILiveClient.AlertsChanged"/>
    public void AlertsChanged(AlertChange[] changes) => Send(nameof(ILiveClient.AlertsChanged), changes, view =>
        view.Of(changes).Select(run => run.Seen is { } seen ? Message(nameof(ILiveClient.AlertsChanged), seen) : Message(nameof(ILiveClient.AlertsPassed), run.Passed)));

    /// <inheritdoc cref="ILiveClient.NotesChanged"/>
    public void NotesChanged(NoteChange[] changes) => Send(nameof(ILiveClient.NotesChanged), changes, view =>
        view.Of(changes).Select(run => run.Seen is { } seen ? Message(nameof(ILiveClient.NotesChanged), seen) : Message(nameof(ILiveClient.NotesPassed), run.Passed)));

    /// <inheritdoc cref="ILiveClient.StatusChanged"/>
    public void StatusChanged(ServerStatus status) => Send(nameof(ILiveClient.StatusChanged), status, _ => [Message(nameof(ILiveClient.StatusChanged), status.AtPlaces())]);

    /// <summary>Sends kept ticks to clients that can accept them and disconnects stalled clients; call periodically.</summary>
    public void Tend()
    {
        foreach (var client in All())
        {
            client.SendLateTicks();
            client.EndIfStuck();
        }
    }

    private void Send(string method, object argument, Func<PlaceView, IEnumerable<SerializedHubMessage>> limited)
    {
        LiveClient[] clients;
        PlaceView[] views;
        lock (_lock)
            (clients, views) = ([.. _clients.Values], [.. _views.Values]);

        var message = Message(method, argument);
        var messages = views.ToDictionary(view => view, view => limited(view).ToArray());
        foreach (var client in clients)
        {
            if (client.View is not { } view)
                client.Send(message);
            else
                Array.ForEach(messages[view], client.Send);
        }
    }

    private PlaceView? ViewOf(ClaimsPrincipal caller)
    {
        if (Sight.Of(caller).Limit is not { } limit)
            return null;
        if (!_views.TryGetValue(limit.Text, out var view))
            _views[limit.Text] = view = new(limit, live);
        view.Clients++;
        return view;
    }

    // None for no items.
    private static SerializedHubMessage[] MessageOf<T>(string method, T[] items) => items.Length == 0 ? [] : [Message(method, items)];

    private LiveClient[] All()
    {
        lock (_lock)
            return [.. _clients.Values];
    }

    private static void Release(List<TickFrame>? messages) => messages?.ForEach(message => message.Release());

    private void Overview(ReadOnlySpan<SensorTick> ticks, List<LiveClient> watching)
    {
        if (watching.Count == 0)
        {
            _overview.Clear();
            return;
        }

        _overview.Add(ticks);
        var next = _overview.TakeNext();
        if (next.IsEmpty)
            return;
        Send(next, watching, (LiveClient client, ReadOnlySpan<SensorTick> portion, ref List<TickFrame>? shared) => client.SendOverview(portion, ref shared));
    }

    // Serialised once for all that get the same.
    private static void Send(ReadOnlySpan<SensorTick> ticks, List<LiveClient> clients, SendTicks send)
    {
        List<TickFrame>? shared = null;
        foreach (var client in clients)
        {
            if (client.View is null)
                send(client, ticks, ref shared);
        }

        Release(shared);
        foreach (var limited in clients.Where(client => client.View is not null).GroupBy(client => client.View!))
        {
            List<TickFrame>? own = null;
            var seen = limited.Key.Of(ticks);
            if (seen.Length == 0)
                continue;
            foreach (var client in limited)
                send(client, seen, ref own);
            Release(own);
        }
    }

    private void Gather(SensorTick tick, List<LiveClient> some)
    {
        if (!_watching.TryGetValue(tick.SensorId, out var clients))
            return;
        foreach (var client in clients)
        {
            // Clients that receive all ticks receive this one, too.
            if (client.WatchesFleet || client.Fresh.Contains(tick.SensorId) || client.View?.Sees(tick.SensorId) == false)
                continue;
            if (client.Gathered.Count == 0)
                some.Add(client);
            client.Gathered.Add(tick);
        }
    }

    private void WatchFleet(LiveClient client, bool watch)
    {
        if (client.WatchesFleet == watch)
            return;
        client.WatchesFleet = watch;
        _watchers += watch ? 1 : -1;
    }

    private void WatchOverview(LiveClient client, bool watch)
    {
        if (client.WatchesOverview == watch)
            return;
        client.WatchesOverview = watch;
        _watchers += watch ? 1 : -1;
    }

    private void Unwatch(LiveClient client, string sensorId)
    {
        client.Fresh.Remove(sensorId);
        if (!client.Sensors.Remove(sensorId))
            return;
        var clients = _watching[sensorId];
        clients.Remove(client);
        if (clients.Count == 0)
            _watching.Remove(sensorId);
        _watchers--;
    }
}
