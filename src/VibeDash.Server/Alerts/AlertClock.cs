using VibeDash.Server.Mqtt;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Alerts;

/// <summary>
/// Tells the event loop every second what time it is, and since when nothing that was sent can have been missed: not while a broker is not connected,
/// nor while the server works on what waited. So neither a restart, nor an outage of a broker, nor a burst of backlog is taken for silent sensors.
/// </summary>
internal sealed partial class AlertClock(
    EventQueue queue, BrokerConnections brokers, Backlog backlog, TimeProvider time, ILogger<AlertClock> logger) : BackgroundService
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private DateTimeOffset _caughtUp = time.GetUtcNow();

    private ClockTick Tick()
    {
        var now = UnixMicroseconds.Whole(time.GetUtcNow());
        var hasBacklog = backlog.Now is not null;
        if (hasBacklog)
            _caughtUp = now;

        // The latest of the brokers decides, and one that is not connected decides for all.
        var connected = brokers.All.Select(broker => broker.ConnectedSince).ToArray();
        if (connected.Any(since => since is null))
            return new(now, listeningSince: null, presentSince: null);
        var listening = connected.Max()!.Value;
        return new(now, listening, hasBacklog ? null : listening > _caughtUp ? listening : _caughtUp);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Second, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                queue.Tick(Tick());
            }
            catch (Exception fault)
            {
                LogFailed(fault);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The alerts' clock failed; it goes on")]
    private partial void LogFailed(Exception fault);
}
