using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Mqtt.Embedded;
using VibeDash.Server.Mqtt.External;
using VibeDash.Server.Refusals;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>Registration of the brokers and their sources.</summary>
internal static class BrokerServices
{
    /// <summary>Registers the configured brokers. Call it after everything that must run before the first message arrives.</summary>
    public static IServiceCollection AddBrokers(this IServiceCollection services, IConfiguration configuration)
    {
        var brokers = BrokerReader.Read(configuration);
        var sources = TopicSources.Read(configuration, [.. brokers.Select(broker => broker.ToSourceBroker())]);
        services.AddSingleton<MessageIntake>();
        services.AddSingleton(provider => new BrokerConnections(brokers, sources, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EmbeddedBrokerConnections>();
        services.AddSingleton<IConnectionApi, ConnectionService>();
        for (var i = 0; i < brokers.Count; i++)
        {
            var (index, type) = (i, brokers[i].IsEmbedded ? typeof(EmbeddedBroker) : typeof(MqttListener));
            services.AddSingleton(provider => (IHostedService)ActivatorUtilities.CreateInstance(provider, type, provider.GetRequiredService<BrokerConnections>().All[index]));
        }

        return services;
    }

    /// <summary>Maps <c>sources</c> and <c>connections</c>.</summary>
    public static RouteGroupBuilder MapConnections(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Sources").Requires(Permission.View).RequiresEverywhere();
        group.MapGet("connections", (IConnectionApi connections, CancellationToken cancelled) => connections.GetConnectionsAsync(cancelled))
            .WithSummary("The brokers: state of each connection, negotiated settings, and warnings.");
        group.MapGet("sources", (IConnectionApi connections, CancellationToken cancelled) => connections.GetSourcesAsync(cancelled))
            .WithSummary("The sources: topic filter, conversion of messages to readings, and counts of accepted and rejected readings since the start.");
        return api;
    }
}
