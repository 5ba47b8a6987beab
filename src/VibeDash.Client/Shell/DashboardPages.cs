using VibeDash.Client.Alerts;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;

namespace VibeDash.Client.Shell;

/// <summary>Registers the services of the pages, for the browser and for the server that prerenders them.</summary>
public static class DashboardPages
{
    /// <summary>
    /// Adds the services. The caller adds the APIs (in the browser <see cref="HttpApis.AddHttpApis"/>), <see cref="ILiveFeed"/> and <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddDashboardPages(this IServiceCollection services) => services
        .AddScoped<PrerenderedState>()
        .AddScoped<LiveFleet>()
        .AddScoped<AlertActions>()
        .AddScoped<BrowserSignals>()
        .AddScoped<Me>()
        .AddScoped<SignInKeeper>();
}
