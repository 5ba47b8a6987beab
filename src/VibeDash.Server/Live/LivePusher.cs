using Microsoft.AspNetCore.SignalR;
using VibeDash.Core.Live;
using VibeDash.Server.Operations;

namespace VibeDash.Server.Live;

/// <summary>
/// Pushes to browsers what commits left in <see cref="LiveState"/>: alert changes at once, ticks at most four times a second, the server's
/// state at most once a second. Never waits for a browser: while one is slow to take ticks, the next ones are coalesced.
/// </summary>
internal sealed partial class LivePusher(
    IHubContext<LiveHub, ILiveClient> hub, LiveStreams streams, LiveState live, ServerHealth health, TimeProvider time, ILogger<LivePusher> logger) : BackgroundService
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    // After this long a browser that does not take its ticks no longer holds up the ticks of the others.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private Task _ticksUnderWay = Task.CompletedTask;
    private long _lastTicks;
    private long _lastStatus;
    private ServerStatus? _shownStatus;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        _lastTicks = _lastStatus = time.GetTimestamp() - (time.TimestampFrequency * 60);
        var ticksWait = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            await live.Changed.WaitAsync(ticksWait ? TickInterval : StatusInterval, stoppingToken);
            try
            {
                PushChanges();
                ticksWait = !PushTicks();
                PushStatus();
            }
            catch (Exception fault)
            {
                LogPushFailed(fault);
            }
        }
    }

    private void PushChanges()
    {
        // A sensor must be known before its ticks and alerts are.
        if (live.TakeChangedSensors() is { Length: > 0 } sensors)
        {
            Observe(hub.Clients.All.SensorsChanged(sensors));
            streams.SensorsChanged(sensors);
        }

        if (live.TakeAlertChanges() is { Length: > 0 } changes)
        {
            Observe(hub.Clients.All.AlertsChanged(changes));
            streams.AlertsChanged(changes);
        }
    }

    /// <returns>False when ticks may be waiting.</returns>
    private bool PushTicks()
    {
        var since = time.GetElapsedTime(_lastTicks);
        if (since < TickInterval || (!_ticksUnderWay.IsCompleted && since < Patience))
            return false;

        var ticks = live.TakeTicks();
        if (ticks.Length == 0)
            return true;

        _lastTicks = time.GetTimestamp();
        _ticksUnderWay = Task.WhenAll(
            [hub.Clients.Group(LiveHub.FleetGroup).Ticks(ticks), .. ticks.Select(tick => hub.Clients.Group(LiveHub.SensorGroup(tick.SensorId)).Ticks([tick]))]);
        Observe(_ticksUnderWay);
        streams.Ticks(ticks);
        return false;
    }

    private void PushStatus()
    {
        if (time.GetElapsedTime(_lastStatus) < StatusInterval)
            return;
        var status = health.Status();
        if (status == _shownStatus)
            return;

        _lastStatus = time.GetTimestamp();
        _shownStatus = status;
        Observe(hub.Clients.All.StatusChanged(status));
        streams.StatusChanged(status);
    }

    private void Observe(Task sending) => sending.ContinueWith(
        failed => LogPushFailed(failed.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    [LoggerMessage(LogLevel.Warning, "Pushing to browsers failed")]
    private partial void LogPushFailed(Exception fault);
}
