namespace VibeDash.Core.Contract;

/// <summary>Names of the hub methods for clients; a test checks the server's hub against them.</summary>
public static class LiveHubMethods
{
    /// <summary>Address of the hub, relative to the site.</summary>
    public const string Path = "hubs/live";

    /// <summary>Start receiving the ticks of all sensors. No argument.</summary>
    public const string WatchFleet = nameof(WatchFleet);

    /// <summary>Stop receiving the ticks of all sensors. No argument.</summary>
    public const string UnwatchFleet = nameof(UnwatchFleet);

    /// <summary>Start receiving the overview of all sensors. No argument.</summary>
    public const string WatchOverview = nameof(WatchOverview);

    /// <summary>Stop receiving the overview. No argument.</summary>
    public const string UnwatchOverview = nameof(UnwatchOverview);

    /// <summary>Start receiving the ticks of one sensor. Argument: sensor id.</summary>
    public const string WatchSensor = nameof(WatchSensor);

    /// <summary>Stop receiving the ticks of one sensor. Argument: sensor id.</summary>
    public const string UnwatchSensor = nameof(UnwatchSensor);

    /// <summary>
    /// Start receiving the ticks of sensors. A <see cref="ILiveClient.SensorsChanged"/> with their current state precedes the ticks. Argument: array of sensor
    /// ids. A client may watch at most 500 sensors by id.
    /// </summary>
    public const string WatchSensors = nameof(WatchSensors);

    /// <summary>Stop receiving the ticks of sensors. Argument: array of sensor ids.</summary>
    public const string UnwatchSensors = nameof(UnwatchSensors);
}
