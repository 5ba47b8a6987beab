using Microsoft.AspNetCore.SignalR;
using VibeDash.Core.Live;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Live;

/// <summary>The live hub. Every client gets alert changes and the server's state; ticks only of what it watches.</summary>
internal sealed class LiveHub : Hub<ILiveClient>
{
    /// <summary>The group that gets the ticks of all sensors.</summary>
    public const string FleetGroup = "fleet";

    /// <summary>The group that gets the ticks of one sensor.</summary>
    public static string SensorGroup(string sensorId) => "sensor/" + sensorId;

    /// <summary>Start receiving the ticks of all sensors.</summary>
    public Task WatchFleet() => Groups.AddToGroupAsync(Context.ConnectionId, FleetGroup);

    /// <summary>Stop receiving the ticks of all sensors.</summary>
    public Task UnwatchFleet() => Groups.RemoveFromGroupAsync(Context.ConnectionId, FleetGroup);

    /// <summary>Start receiving the ticks of one sensor, which need not exist yet.</summary>
    public Task WatchSensor(string sensorId) => Groups.AddToGroupAsync(Context.ConnectionId, SensorGroup(Checked(sensorId)));

    /// <summary>Stop receiving the ticks of one sensor.</summary>
    public Task UnwatchSensor(string sensorId) => Groups.RemoveFromGroupAsync(Context.ConnectionId, SensorGroup(Checked(sensorId)));

    private static string Checked(string sensorId) => SensorId.IsValid(sensorId) ? sensorId : throw new HubException("Not a sensor id.");
}
