using VibeDash.Server.Startup;

namespace VibeDash.Server.Pipeline;

/// <summary>Registration of the event loop.</summary>
internal static class PipelineServices
{
    /// <summary>Registers the event loop. It starts before, and stops after, sources registered later.</summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services) => services
        .AddValidatedOptions<AlertOptions>(AlertOptions.Section)
        .AddSingleton<EventQueue>()
        .AddSingleton<CommitGate>()
        .AddSingleton<Backlog>()
        .AddSingleton<PipelineStatus>()
        .AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<PipelineStatus>())
        .AddSingleton<EventLoop>()
        .AddHostedService(provider => provider.GetRequiredService<EventLoop>());
}
