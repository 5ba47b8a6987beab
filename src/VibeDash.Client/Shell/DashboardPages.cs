using VibeDash.Client.Alerts;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;

namespace VibeDash.Client.Shell;

/// <summary>Registers what the pages need wherever they are drawn, in the browser and on the server that prerenders them.</summary>
public static class DashboardPages
{
    /// <summary>
    /// Adds the pages' services. The caller adds <see cref="IDashboardApi"/>, <see cref="ILiveFeed"/> and <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddDashboardPages(this IServiceCollection services) => services
        .AddScoped<PrerenderedState>()
        .AddScoped<LiveFleet>()
        .AddScoped<AlertActions>()
        .AddScoped<BrowserSignals>()
        .AddScoped<PersonName>();
}
