using Microsoft.Extensions.Options;
using VibeDash.Server.Operations;

namespace VibeDash.Server.Ingestion;

/// <summary>Receiving, judging and storing events.</summary>
internal static class IngestionServices
{
    /// <summary>Registers the event loop and its source.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<BrokerOptions>(BrokerOptions.Section);
        services.AddSingleton<EventQueue>();
        services.AddSingleton<CommitGate>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton(provider => TopicSources.Read(configuration, provider.GetRequiredService<IOptions<BrokerOptions>>().Value));

        // Started in this order and stopped in the reverse one: no source without an event loop.
        services.AddHostedService<EventLoop>();
        return string.IsNullOrEmpty(configuration[$"{BrokerOptions.Section}:{nameof(BrokerOptions.Host)}"])
            ? services.AddHostedService<EmbeddedBroker>()
            : services.AddHostedService<MqttListener>();
    }

    /// <summary>Maps <c>sources</c>.</summary>
    public static RouteGroupBuilder MapSources(this RouteGroupBuilder api)
    {
        api.MapGet("sources", (TopicSources sources) => sources.All.Select(source => source.Status()).ToArray())
            .WithTags("Sources")
            .WithSummary("The topic filters listened to, how their messages become readings, and how many were accepted and rejected since the start.");
        return api;
    }
}
