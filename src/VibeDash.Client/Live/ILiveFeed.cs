namespace VibeDash.Client.Live;

/// <summary>
/// The server's live messages. In the browser it is the SignalR hub; while the server prerenders it is silent.
/// Subscribe first, then fetch, then merge: what arrives in between must not get lost.
/// </summary>
public interface ILiveFeed
{
    /// <summary>State of the connection.</summary>
    LiveConnection Connection { get; }

    /// <summary>Starts hearing messages, connecting when nobody did before. Dispose the result to stop.</summary>
    IDisposable Subscribe(LiveHandlers handlers);

    /// <summary>Asks for the overview of all sensors, now and after every reconnect, until the result is disposed.</summary>
    Task<IAsyncDisposable> WatchOverviewAsync();

    /// <summary>Asks for the ticks of sensors, now and after every reconnect, until the result is disposed. They begin with the sensors as they stand.</summary>
    Task<IAsyncDisposable> WatchSensorsAsync(IReadOnlyCollection<string> sensorIds);
}
