using Microsoft.AspNetCore.SignalR;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Server.Hosting;
using VibeDash.Server.Status;

namespace VibeDash.Server.Live;

/// <summary>The fleet and the server's state over HTTP, and the hub.</summary>
internal static class LiveEndpoints
{
    /// <summary>Registers the live state, the hub and what answers the pages.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, DashboardJson.Default));
        services.AddSingleton<LiveClients>();
        services.AddSingleton<HubLifetimeManager<LiveHub>, LiveConnections>();
        services.AddSingleton<LiveState>();
        services.AddSingleton<LiveStreams>();
        services.AddSingleton<IDashboardApi, ServerDashboardApi>();
        return services.AddHostedService<LivePusher>();
    }

    /// <summary>Maps <c>fleet</c>, <c>sensors</c> and <c>status</c>.</summary>
    public static RouteGroupBuilder MapFleet(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Fleet");
        group.MapGet("fleet", (IDashboardApi dashboard, CancellationToken cancelled) => dashboard.GetFleetAsync(cancelled))
            .WithSummary("Everything a page shows at first: sensors with their latest levels, open alerts, rules, and the server's state.");
        group.MapGet("sensors", async (IDashboardApi dashboard, CancellationToken cancelled) => (await dashboard.GetFleetAsync(cancelled)).Sensors)
            .WithSummary("All sensors.");
        group.MapGet("sensors/{sensorId}", async (string sensorId, IDashboardApi dashboard, CancellationToken cancelled) =>
                await dashboard.GetSensorAsync(sensorId, cancelled) is { } sensor ? Results.Ok(sensor) : Results.NotFound())
            .Produces<SensorSnapshot>().Produces(StatusCodes.Status404NotFound)
            .WithSummary("One sensor.");
        group.MapGet("status", (ServerHealth health) => health.Status())
            .WithSummary("The server's state and counts since its start.");
        return api;
    }
}
