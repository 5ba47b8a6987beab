using Microsoft.AspNetCore.SignalR;

namespace VibeDash.Server.Live;

/// <summary>
/// Tells <see cref="LiveClients"/> which connections there are. The framework's own way to send, by groups, waits for the slowest member and keeps
/// no count of what a client has not taken; writing to the connections themselves shows both.
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
