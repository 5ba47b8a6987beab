using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Core.Live;
using VibeDash.Server.Data;
using VibeDash.Server.Operations;

namespace VibeDash.Server.Ingestion;

/// <summary>Receiving, judging and storing events.</summary>
internal static class IngestionServices
{
    private const int ShownDeadLetters = 200;

    /// <summary>Registers the event loop and its source.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<BrokerOptions>(BrokerOptions.Section);
        services.AddSingleton<EventQueue>();
        services.AddSingleton<CommitGate>();
        services.AddSingleton<CatchingUp>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton(provider => TopicSources.Read(configuration, provider.GetRequiredService<IOptions<BrokerOptions>>().Value));

        // Started in this order and stopped in the reverse one: no source without an event loop.
        services.AddHostedService<EventLoop>();
        return string.IsNullOrEmpty(configuration[$"{BrokerOptions.Section}:{nameof(BrokerOptions.Host)}"])
            ? services.AddSingleton<EmbeddedBrokerConnections>().AddHostedService<EmbeddedBroker>()
            : services.AddHostedService<MqttListener>();
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

    /// <summary>Maps <c>sources</c>.</summary>
    public static RouteGroupBuilder MapSources(this RouteGroupBuilder api)
    {
        api.MapGet("sources", (TopicSources sources) => sources.All.Select(source => source.Status()).ToArray())
            .WithTags("Sources")
            .WithSummary("The topic filters listened to, how their messages become readings, and how many were accepted and rejected since the start.");
        return api;
    }
}
