using Microsoft.AspNetCore.SignalR;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Live;

/// <summary>Registration of the live view.</summary>
internal static class LiveServices
{
    // As many sensor ids as a client may watch.
    private const int MaximumMessageBytes = 64 * 1024;

    /// <summary>Registers the live state, the hub and the event streams.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = MaximumMessageBytes).AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, DashboardJson.Default));
        services.AddSingleton<LiveClients>();
        services.AddSingleton<HubLifetimeManager<LiveHub>, LiveConnections>();
        services.AddSingleton<LiveState>();
        services.AddSingleton<LiveStreams>();
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<LiveState>());
        return services.AddHostedService<LivePusher>();
    }
}
