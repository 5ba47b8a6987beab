using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using VibeDash.Server.Startup;
using VibeDash.Server.Status;

namespace VibeDash.Server.Hosting;

/// <summary>What those who run the server need.</summary>
internal static class OperationsServices
{
    /// <summary>Registers health and the notice at start; stopping takes at most ten seconds.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ServerHealth>();
        services.AddHealthChecks().AddCheck<StateHealthCheck>("state");

        // A bad query is the caller's fault in Development, too.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return services.AddHostedService<StartupNotice>();
    }

    /// <summary>Registers the simulated fleet; after the broker, which it sends to.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services) =>
        services.AddValidatedOptions<DemoOptions>(DemoOptions.Section).AddHostedService<DemoFleet>();

    /// <summary>Maps <c>/health</c>: one word and, when not healthy, the reason.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints) => endpoints.MapHealthChecks("/health", new HealthCheckOptions
    {
        ResponseWriter = (context, report) => context.Response.WriteAsync(
            report.Status == HealthStatus.Healthy
                ? "Healthy"
                : $"{report.Status}: {string.Join(" ", report.Entries.Values.Select(entry => entry.Description))}"),
    });
}
