namespace VibeDash.Server.People;

/// <summary>Every ten seconds: ends the sessions and the connections of keys that have expired, and stores when keys were used.</summary>
internal sealed partial class PeopleClock(KeyBook keys, SessionStore sessions, TimeProvider time, ILogger<PeopleClock> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(() => keys.TendAsync(stoppingToken));
            await TryAsync(sessions.TendAsync);
        }
    }

    private async Task TryAsync(Func<Task> tend)
    {
        try
        {
            await tend();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Expired sessions could not be ended, or the last use of keys not be stored")]
    private partial void LogFault(Exception fault);
}
