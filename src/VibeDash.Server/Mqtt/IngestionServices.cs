using VibeDash.Client.Live;
using VibeDash.Server.Alerts;
using VibeDash.Server.Hosting;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Mqtt.Embedded;
using VibeDash.Server.Mqtt.External;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>Receiving, judging and storing events.</summary>
internal static class IngestionServices
{
    /// <summary>Registers the event loop and its source.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, IConfiguration configuration)
    {
        var brokers = BrokerReader.Read(configuration);
        var sources = TopicSources.Read(configuration, brokers);
        services.AddSingleton<EventQueue>();
        services.AddSingleton<CommitGate>();
        services.AddSingleton<CatchingUp>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton(provider => new BrokerConnections(brokers, sources, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EmbeddedBrokerConnections>();

        // Started in this order and stopped in the reverse one: no source without an event loop.
        services.AddSingleton<EventLoop>().AddHostedService(provider => provider.GetRequiredService<EventLoop>());
        services.AddHostedService<AlertClock>().AddHostedService<SparkplugStart>();
        for (var i = 0; i < brokers.Count; i++)
        {
            var (index, type) = (i, brokers[i].IsEmbedded ? typeof(EmbeddedBroker) : typeof(MqttListener));
            services.AddSingleton(provider => (IHostedService)ActivatorUtilities.CreateInstance(provider, type, provider.GetRequiredService<BrokerConnections>().All[index]));
        }

        return services;
    }

    /// <summary>Maps <c>sources</c> and <c>connections</c>.</summary>
    public static RouteGroupBuilder MapSources(this RouteGroupBuilder api)
    {
        api.MapGet("connections", (IDashboardApi dashboard, CancellationToken cancelled) => dashboard.GetConnectionsAsync(cancelled))
            .WithTags("Sources")
            .WithSummary("The brokers listened to: how the server stands with each, what was negotiated when it connected, and what of that to know.");
        api.MapGet("sources", (IDashboardApi dashboard, CancellationToken cancelled) => dashboard.GetSourcesAsync(cancelled))
            .WithTags("Sources")
            .WithSummary("The topic filters listened to, how their messages become readings, and how many were accepted and rejected since the start.");
        return api;
    }
}
