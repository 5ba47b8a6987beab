using Microsoft.AspNetCore.SignalR;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Live;

/// <summary>The live hub. Every client receives alert changes and the state of the server; ticks only for watched sensors.</summary>
internal sealed class LiveHub(LiveClients clients, LiveState live) : Hub<ILiveClient>
{
    /// <summary>Starts the ticks of all sensors.</summary>
    public void WatchFleet() => clients.WatchFleet(Context.ConnectionId, watch: true);

    /// <summary>Stops the ticks of all sensors.</summary>
    public void UnwatchFleet() => clients.WatchFleet(Context.ConnectionId, watch: false);

    /// <summary>Starts the overview of all sensors.</summary>
    public void WatchOverview() => clients.WatchOverview(Context.ConnectionId, watch: true);

    /// <summary>Stops the overview.</summary>
    public void UnwatchOverview() => clients.WatchOverview(Context.ConnectionId, watch: false);

    /// <summary>Starts the ticks of one sensor, which need not exist yet.</summary>
    public void WatchSensor(string sensorId) => WatchSensors([sensorId]);

    /// <summary>Stops the ticks of one sensor.</summary>
    public void UnwatchSensor(string sensorId) => UnwatchSensors([sensorId]);

    /// <summary>Starts the ticks of sensors, which need not exist yet: all of them or, with an error, none.</summary>
    public void WatchSensors(string[] sensorIds)
    {
        if (!clients.Watch(Context.ConnectionId, Checked(sensorIds)))
            throw new HubException($"At most {LiveClient.MaximumSensors} sensors by their ids; watch the fleet for more.");
        live.Signal();
    }

    /// <summary>Stops the ticks of sensors.</summary>
    public void UnwatchSensors(string[] sensorIds) => clients.Unwatch(Context.ConnectionId, Checked(sensorIds));

    private static string[] Checked(string[]? sensorIds) =>
        sensorIds is not null && sensorIds.All(sensorId => SensorId.IsValid(sensorId)) ? sensorIds : throw new HubException("Not a sensor id.");
}
