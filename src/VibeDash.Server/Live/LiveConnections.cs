using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using VibeDash.Server.People;

namespace VibeDash.Server.Live;

/// <summary>
/// Reports connections to <see cref="LiveClients"/>. The framework sends to groups, which waits for the slowest member and does not count the messages
/// a client has not accepted; writing to each connection avoids both. Closes a connection when its sign-in ends.
/// </summary>
internal sealed class LiveConnections(LiveClients clients, SignIns signIns, ILogger<DefaultHubLifetimeManager<LiveHub>> logger) : DefaultHubLifetimeManager<LiveHub>(logger)
{
    private readonly ConcurrentDictionary<string, IDisposable> _signIns = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _signIns[connection.ConnectionId] = signIns.Add(connection.User, connection.Abort);
        clients.Add(connection);
        return base.OnConnectedAsync(connection);
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_signIns.TryRemove(connection.ConnectionId, out var signIn))
            signIn.Dispose();
        clients.Remove(connection.ConnectionId);
        return base.OnDisconnectedAsync(connection);
    }
}
