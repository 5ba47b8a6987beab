using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Server.Live;

/// <summary>
/// The hub's connections, and which of them watches what. A message is serialised once for all who get the same; a client that watches single sensors
/// gets one message a push with the ticks of those. Watching is thread-safe; sending is for one caller at a time and waits for nobody.
/// </summary>
internal sealed class LiveClients(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LiveClient> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LiveClient>> _watching = new(StringComparer.Ordinal);
    private int _watchers;

    /// <summary>True when somebody wants ticks.</summary>
    public bool AnyWatch => Volatile.Read(ref _watchers) > 0;

    /// <summary>The message that carries ticks.</summary>
    public static SerializedHubMessage Message(SensorTick[] ticks) => Message(nameof(ILiveClient.Ticks), ticks);

    /// <summary>Adds a connection.</summary>
    public void Add(HubConnectionContext connection)
    {
        lock (_lock)
            _clients[connection.ConnectionId] = new(connection, time);
    }

    /// <summary>Removes a connection and all it watches.</summary>
    public void Remove(string connectionId)
    {
        lock (_lock)
        {
            if (!_clients.Remove(connectionId, out var client))
                return;
            foreach (var sensorId in client.Sensors.ToArray())
                Unwatch(client, sensorId);
            WatchFleet(client, watch: false);
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

    /// <summary>Starts the ticks of sensors.</summary>
    /// <returns>False when these would be more than <see cref="LiveClient.MaximumSensors"/> together: then nothing is changed.</returns>
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
                if (!_watching.TryGetValue(sensorId, out var clients))
                    _watching[sensorId] = clients = [];
                clients.Add(client);
                _watchers++;
            }

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

    /// <inheritdoc cref="ILiveClient.Ticks"/>
    /// <param name="portions">The ticks, each portion small enough for a message.</param>
    public void Ticks(IReadOnlyList<SensorTick[]> portions)
    {
        List<LiveClient> fleet = [], some = [];
        lock (_lock)
        {
            fleet.AddRange(_clients.Values.Where(client => client.WatchesFleet));
            if (_watching.Count > 0)
            {
                foreach (var portion in portions)
                {
                    foreach (var tick in portion)
                        Gather(tick, some);
                }
            }
        }

        SerializedHubMessage[]? shared = null;
        foreach (var client in fleet)
            client.SendTicks(portions, () => shared ??= [.. portions.Select(Message)]);
        foreach (var client in some)
        {
            SensorTick[] ticks = [.. client.Gathered];
            client.Gathered.Clear();
            client.SendTicks([ticks], () => [Message(ticks)]);
        }
    }

    /// <inheritdoc cref="ILiveClient.SensorsChanged"/>
    public void SensorsChanged(SensorSnapshot[] sensors) => Send(nameof(ILiveClient.SensorsChanged), sensors);

    /// <inheritdoc cref="ILiveClient.AlertsChanged"/>
    public void AlertsChanged(AlertChange[] changes) => Send(nameof(ILiveClient.AlertsChanged), changes);

    /// <inheritdoc cref="ILiveClient.StatusChanged"/>
    public void StatusChanged(ServerStatus status) => Send(nameof(ILiveClient.StatusChanged), status);

    /// <summary>Sends late ticks to those who can take them now, and disconnects those who have taken nothing for too long; call now and then.</summary>
    public void Tend()
    {
        foreach (var client in All())
        {
            client.SendLateTicks();
            client.EndIfStuck();
        }
    }

    private static SerializedHubMessage Message(string method, object argument) => new(new InvocationMessage(method, [argument]));

    private void Send(string method, object argument)
    {
        var message = Message(method, argument);
        foreach (var client in All())
            client.Send(message);
    }

    private LiveClient[] All()
    {
        lock (_lock)
            return [.. _clients.Values];
    }

    private void Gather(SensorTick tick, List<LiveClient> some)
    {
        if (!_watching.TryGetValue(tick.SensorId, out var clients))
            return;
        foreach (var client in clients)
        {
            // Those who get all get this one, too.
            if (client.WatchesFleet)
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

    private void Unwatch(LiveClient client, string sensorId)
    {
        if (!client.Sensors.Remove(sensorId))
            return;
        var clients = _watching[sensorId];
        clients.Remove(client);
        if (clients.Count == 0)
            _watching.Remove(sensorId);
        _watchers--;
    }
}
