using VibeDash.Server.Mqtt;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Alerts;

/// <summary>
/// Sends a clock tick to the event loop every second, with the time since which no message can have been missed; that time is
/// null while a broker is not connected or a backlog is processed. A restart, a standstill of the server itself, a broker outage or a backlog is thus
/// not mistaken for silent sensors.
/// </summary>
internal sealed partial class AlertClock(
    EventQueue queue, BrokerConnections brokers, Backlog backlog, TimeProvider time, ILogger<AlertClock> logger) : BackgroundService
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private DateTimeOffset _caughtUp = time.GetUtcNow();
    private DateTimeOffset _resumed = time.GetUtcNow();
    private DateTimeOffset _ticked = time.GetUtcNow();

    private ClockTick Tick()
    {
        var now = UnixMicroseconds.Now(time);
        if (now - _ticked > Outages.Standstill)
        {
            LogStoodStill(now - _ticked);
            _resumed = now;
        }

        if (now < _ticked)
        {
            // The clock was set back.
            (_resumed, _caughtUp) = (now, now);
        }

        _ticked = now;
        var hasBacklog = backlog.Now is not null;
        if (hasBacklog)
            _caughtUp = now;

        // The most recently connected broker determines the time; without a connection to every broker there is none.
        var connected = brokers.All.Select(broker => broker.ConnectedSince).ToArray();
        if (connected.Any(since => since is null))
            return new(now, listeningSince: null, presentSince: null);
        var listening = connected.Append(_resumed).Max()!.Value;
        if (listening > now)
            listening = _resumed;
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

    [LoggerMessage(LogLevel.Warning, "The server stood still for {Time}; silences of sensors are counted from now")]
    private partial void LogStoodStill(TimeSpan time);

    [LoggerMessage(LogLevel.Error, "Alert clock tick failed; the clock continues")]
    private partial void LogFailed(Exception fault);
}
