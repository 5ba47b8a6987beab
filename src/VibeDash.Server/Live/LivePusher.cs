using VibeDash.Core.Contract;
using VibeDash.Server.Logging;
using VibeDash.Server.Status;

namespace VibeDash.Server.Live;

/// <summary>
/// Pushes the changes in <see cref="LiveState"/> to browsers: alert changes and notes immediately, ticks at most four times a second, the state of the
/// server at most once a second. Never waits for a browser.
/// </summary>
internal sealed partial class LivePusher(
    LiveClients clients, LiveStreams streams, LiveState live, ServerStatusReader reader, TimeProvider time, ILogger<LivePusher> logger) : BackgroundService
{
    /// <summary>Maximum sensors or ticks per message: bounds the write, and the wait of an alert change behind it.</summary>
    public const int SensorsPerMessage = 500;

    private const int AlertChangesPerMessage = 200;

    // A note may have 1,000 characters.
    private const int NoteChangesPerMessage = 50;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    // Pause between two portions of new sensors, so that clients can accept them.
    private static readonly TimeSpan SensorsInterval = TimeSpan.FromMilliseconds(20);

    private readonly LogLimit _faults = new(time);
    private long _lastTicks;
    private long _lastStatus;
    private ServerStatus? _shownStatus;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        _lastTicks = _lastStatus = time.GetTimestamp() - (time.TimestampFrequency * 60);
        var pause = StatusInterval;
        while (!stoppingToken.IsCancellationRequested)
        {
            await live.Changed.WaitAsync(pause, stoppingToken);
            try
            {
                pause = Push();
            }
            catch (Exception fault)
            {
                pause = StatusInterval;
                if (_faults.Take() is > 0 and var count)
                    LogPushFailed(fault, count);
            }
        }
    }

    /// <returns>Time until the next push, unless something changes earlier.</returns>
    private TimeSpan Push()
    {
        // An id may be that of another sensor by now, which is among the changed ones.
        if (live.TakeRemovedSensors() is { Length: > 0 } removed)
        {
            clients.SensorsRemoved(removed);
            streams.SensorsRemoved(removed);
        }

        // Sensors come before their ticks and alerts. Alerts do not wait for a long list of new sensors.
        var sensors = live.TakeChangedSensors(SensorsPerMessage, out var more);
        if (sensors.Length > 0)
        {
            clients.SensorsChanged(sensors);
            streams.SensorsChanged(sensors);
        }

        clients.BeginWatches(live.Find);
        foreach (var changes in live.TakeAlertChanges().Chunk(AlertChangesPerMessage))
        {
            clients.AlertsChanged(changes);
            streams.AlertsChanged(changes);
        }

        foreach (var changes in live.TakeNoteChanges().Chunk(NoteChangesPerMessage))
        {
            clients.NotesChanged(changes);
            streams.NotesChanged(changes);
        }

        var ticks = more ? SensorsInterval : PushTicks();
        PushStatus();
        return ticks ?? StatusInterval;
    }

    /// <returns>Time until pending ticks can be pushed; null when there are none.</returns>
    private TimeSpan? PushTicks()
    {
        var since = time.GetElapsedTime(_lastTicks);

        // A wait is truncated to whole milliseconds: the last fraction would wake it immediately, repeatedly.
        if (since < TickInterval)
            return TimeSpan.FromMilliseconds(Math.Ceiling((TickInterval - since).TotalMilliseconds));

        if (!clients.AnyWatch && !streams.Any)
        {
            // Only once per interval: until then, new ticks join the pending ones and do not wake the pusher.
            live.ForgetTicks();
            clients.ForgetOverview();
            _lastTicks = time.GetTimestamp();
            return null;
        }

        var ticks = live.TakeTicks();
        if (ticks.Length == 0 && !clients.OverviewWaits)
            return null;

        _lastTicks = time.GetTimestamp();
        clients.Ticks(ticks);
        streams.Ticks(ticks);
        return TickInterval;
    }

    private void PushStatus()
    {
        if (time.GetElapsedTime(_lastStatus) < StatusInterval)
            return;
        clients.Tend();
        var status = reader.Read();
        if (status == _shownStatus)
            return;

        _lastStatus = time.GetTimestamp();
        _shownStatus = status;
        clients.StatusChanged(status);
        streams.StatusChanged(status);
    }

    [LoggerMessage(LogLevel.Warning, "Pushing to browsers failed; {Count} times since the last such line")]
    private partial void LogPushFailed(Exception fault, int count);
}
