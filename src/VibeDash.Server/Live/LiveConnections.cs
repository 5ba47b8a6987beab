using Microsoft.AspNetCore.SignalR;

namespace VibeDash.Server.Live;

/// <summary>
/// Reports connections to <see cref="LiveClients"/>. The framework sends to groups, which waits for the slowest member and does not count the messages
/// a client has not accepted; writing to each connection avoids both.
/// </summary>
internal sealed class LiveConnections(LiveClients clients, ILogger<DefaultHubLifetimeManager<LiveHub>> logger) : DefaultHubLifetimeManager<LiveHub>(logger)
{
    /// <inheritdoc/>
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        clients.Add(connection);
        return base.OnConnectedAsync(connection);
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        clients.Remove(connection.ConnectionId);
        return base.OnDisconnectedAsync(connection);
    }
}
