using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Server.Refusals;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Web;

/// <summary>What every request meets before it is answered: its host name, its origin, its limits; and the headers of every answer.</summary>
internal static class WebServices
{
    /// <summary>Longest body of a request, in bytes, where the endpoint sets no other limit.</summary>
    public const int MaximumBodyBytes = 1024 * 1024;

    // Beside the hub: event streams, and what browsers keep open for the next request.
    private const int OtherConnections = 4_000;

    /// <summary>Registers the checks and limits of requests.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddValidatedOptions<WebOptions>(WebOptions.Section).AddSingleton<HostNames>();

        // HostNames decides: the framework's filter would take AllowedHosts for all names there are.
        services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["*"]);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<WebOptions>>((forwarded, web) => Trust(forwarded, web.Value.Proxies));
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<WebOptions>>((kestrel, web) => Bound(kestrel, web.Value));
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<WebOptions>>((limiter, web) => RequestLimits.Set(limiter, web.Value));
        return services;
    }

    /// <summary>Checks requests, and sets the headers of answers. Use it before all that answers.</summary>
    public static void UseWeb(this IApplicationBuilder app)
    {
        var names = app.ApplicationServices.GetRequiredService<HostNames>();
        app.UseForwardedHeaders();
        app.Use(next => context => SecurityHeaders.SetAsync(context, next));
        app.Use(next => context => names.Contains(context.Request.Host) ? next(context) : Refusal.Of(RefusalCode.HostUnknown, context.Request.Host.Host).Problem().ExecuteAsync(context));
        app.UseWhen(_ => names.AnyHttps, secured => secured.UseHsts().UseHttpsRedirection());

        // Before the limits, which are for each person, and after the address and the host name are known.
        app.UseAuthentication();
        app.UseRateLimiter();
        app.Use(next => context =>
            ForeignRequests.IsRefused(context.Request) ? Refusal.Of(RefusalCode.OriginForeign).Problem().ExecuteAsync(context)
            : ForeignRequests.HasUnreadBody(context) ? Refusal.Of(RefusalCode.ContentTypeUnsupported, "application/json").Problem().ExecuteAsync(context)
            : next(context));
    }

    private static void Trust(ForwardedHeadersOptions forwarded, string[] proxies)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (WebOptions.TryReadNetwork(proxy, out var network))
                forwarded.KnownIPNetworks.Add(network);
        }

        // Without a named proxy none is believed; an environment variable of the framework would have it believe all.
        forwarded.ForwardedHeaders = proxies.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;

        // Through as many of them as are named.
        forwarded.ForwardLimit = null;
    }

    private static void Bound(KestrelServerOptions kestrel, WebOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = options.HubConnections + OtherConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = options.HubConnections;

        // The framework's own values, stated because the documentation names them.
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
