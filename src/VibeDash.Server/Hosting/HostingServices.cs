using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;
using VibeDash.Server.Startup;
using VibeDash.Server.Status;

namespace VibeDash.Server.Hosting;

/// <summary>Registration of status, health and the start-up notice.</summary>
internal static class HostingServices
{
    /// <summary>Registers clock, status, health and the start-up notice; shutdown takes at most ten seconds.</summary>
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ServerStatusReader>();
        services.AddHealthChecks().AddCheck<StateHealthCheck>("state");
        var start = new StartLog();
        services.AddSingleton(start).AddLogging(logging => logging.AddFilter(StartLog.Category, start.Shows));

        // An invalid query is a client error, in Development, too.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return services.AddHostedService<StartupNotice>();
    }

    /// <summary>Registers the record of changes made while the server was stopped.</summary>
    public static IServiceCollection AddStartRecord(this IServiceCollection services) => services.AddHostedService<StartRecord>();

    /// <summary>Registers the rebirth requests for known Sparkplug edge nodes. Register it before the brokers, whose connections send them.</summary>
    public static IServiceCollection AddSparkplugStart(this IServiceCollection services) => services.AddHostedService<SparkplugStart>();

    /// <summary>Registers the simulated fleet. Register it after the broker it publishes to.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services) =>
        services.AddValidatedOptions<DemoOptions>(DemoOptions.Section).AddHostedService<DemoFleet>();

    /// <summary>Maps <c>/health</c>: one word and, unless healthy, the reason for who may look.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints) => endpoints.MapHealthChecks("/health", new HealthCheckOptions
    {
        ResponseWriter = (context, report) => context.Response.WriteAsync(
            report.Status == HealthStatus.Healthy || !context.User.IsInRole(nameof(Permission.View)) || !Sight.Of(context.User).IsWhole
                ? $"{report.Status}"
                : $"{report.Status}: {string.Join(" ", report.Entries.Values.Select(entry => entry.Description))}"),
    }).AllowAnonymous();
}
