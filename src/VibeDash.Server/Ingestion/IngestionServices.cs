using Microsoft.EntityFrameworkCore;
using VibeDash.Client.Live;
using VibeDash.Core.Live;
using VibeDash.Server.Data;
using VibeDash.Server.Ingestion.Sparkplug;

namespace VibeDash.Server.Ingestion;

/// <summary>Receiving, judging and storing events.</summary>
internal static class IngestionServices
{
    private const int ShownDeadLetters = 200;

    /// <summary>Registers the event loop and its source.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, IConfiguration configuration)
    {
        var brokers = BrokerReader.Read(configuration);
        var sources = TopicSources.Read(configuration, brokers);
        services.AddSingleton<EventQueue>();
        services.AddSingleton<CommitGate>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton(provider => new BrokerConnections(brokers, sources, provider.GetRequiredService<TimeProvider>()));

        // Started in this order and stopped in the reverse one: no source without an event loop.
        services.AddHostedService<EventLoop>().AddHostedService<SparkplugStart>();
        for (var i = 0; i < brokers.Count; i++)
        {
            var (index, type) = (i, brokers[i].IsEmbedded ? typeof(EmbeddedBroker) : typeof(MqttListener));
            services.AddSingleton(provider => (IHostedService)ActivatorUtilities.CreateInstance(provider, type, provider.GetRequiredService<BrokerConnections>().All[index]));
        }

        return services;
    }

    /// <summary>Maps <c>dead-letters</c>.</summary>
    public static RouteGroupBuilder MapDeadLetters(this RouteGroupBuilder api)
    {
        api.MapGet("dead-letters", async (IDbContextFactory<VibeDashContext> contexts, CancellationToken cancelled, long? before = null) =>
            {
                await using var context = await contexts.CreateDbContextAsync(cancelled);
                var rows = await context.DeadLetters.AsNoTracking()
                    .Where(letter => before == null || letter.Id < before)
                    .OrderByDescending(letter => letter.Id)
                    .Take(ShownDeadLetters)
                    .ToListAsync(cancelled);
                return rows.Select(row => new DeadLetter(row.Id, row.ReceivedAt, row.Topic, row.Reason, row.Detail, row.Payload, row.PayloadBytes)).ToArray();
            })
            .WithTags("Dead letters")
            .WithSummary($"Messages that were not accepted, newest first, {ShownDeadLetters} at a time. Page with `before`.");
        return api;
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
