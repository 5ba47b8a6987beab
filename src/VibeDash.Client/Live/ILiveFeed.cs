namespace VibeDash.Client.Live;

/// <summary>
/// The server's live messages: the SignalR hub in the browser, silent while the server prerenders.
/// Subscribe, then fetch, then merge, so that no message between the fetch and the subscription is lost; see <see cref="LiveQuery{T}"/>.
/// </summary>
public interface ILiveFeed
{
    /// <summary>State of the connection.</summary>
    LiveConnection Connection { get; }

    /// <summary>Subscribes until the result is disposed. The first subscription connects.</summary>
    IDisposable Subscribe(LiveHandlers handlers);

    /// <summary>Requests the overview of all sensors, after every reconnect too, until the result is disposed.</summary>
    Task<IAsyncDisposable> WatchOverviewAsync();

    /// <summary>Requests the ticks of sensors, after every reconnect too, until the result is disposed. The sensors' current state comes first.</summary>
    Task<IAsyncDisposable> WatchSensorsAsync(IReadOnlyCollection<string> sensorIds);
}
