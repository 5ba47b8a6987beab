using VibeDash.Client.Live;
using VibeDash.Client.Shell;
using VibeDash.Client;

namespace VibeDash.Server.Hosting;

/// <summary>The pages: prerendered here, then interactive in the browser.</summary>
internal static class DashboardServices
{
    /// <summary>Registers the services for prerendering.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddResponseCompression();
        services.AddRazorComponents().AddInteractiveWebAssemblyComponents();
        return services.AddScoped<ILiveFeed, SilentLiveFeed>().AddDashboardPages();
    }

    /// <summary>Maps the pages.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder endpoints) => endpoints.MapRazorComponents<App>()
        .AddInteractiveWebAssemblyRenderMode()
        .AddAdditionalAssemblies(typeof(Routes).Assembly);
}
