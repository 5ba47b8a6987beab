using System.Threading.Channels;
using VibeDash.Server.Data;
using VibeDash.Server.Ingestion;

namespace VibeDash.Server.Alerts;

/// <summary>
/// Tells the event loop every second what time it is, and since when nothing that was sent can have been missed: not while a broker is not connected,
/// nor while the server works on what waited. So neither a restart, nor an outage of a broker, nor a burst of backlog is taken for silent sensors.
/// </summary>
internal sealed partial class AlertClock(
    EventQueue queue, BrokerConnections brokers, CatchingUp catchingUp, TimeProvider time, ILogger<AlertClock> logger) : BackgroundService
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private DateTimeOffset _notBefore = time.GetUtcNow();

    /// <summary>Server time since when nothing that was sent can have been missed; null while something may be.</summary>
    public DateTimeOffset? ListeningSince()
    {
        if (catchingUp.Now is not null)
        {
            _notBefore = time.GetUtcNow();
            return null;
        }

        var since = _notBefore;
        foreach (var broker in brokers.All)
        {
            if (broker.ConnectedSince is not { } connected)
                return null;
            since = connected > since ? connected : since;
        }

        return since;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Second, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = UnixMicroseconds.To(UnixMicroseconds.From(time.GetUtcNow()));
                await queue.WriteAsync(new ClockTick(now, ListeningSince()), stoppingToken);
            }
            catch (ChannelClosedException)
            {
                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFailed(fault);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The alerts' clock failed; it goes on")]
    private partial void LogFailed(Exception fault);
}
