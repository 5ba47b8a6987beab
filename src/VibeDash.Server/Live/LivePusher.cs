using VibeDash.Core.Contract;
using VibeDash.Server.Status;

namespace VibeDash.Server.Live;

/// <summary>
/// Pushes to browsers what commits left in <see cref="LiveState"/>: alert changes and notes at once, ticks at most four times a second, the server's
/// state at most once a second. Never waits for a browser.
/// </summary>
internal sealed partial class LivePusher(
    LiveClients clients, LiveStreams streams, LiveState live, ServerStatusReader reader, TimeProvider time, ILogger<LivePusher> logger) : BackgroundService
{
    /// <summary>Most sensors, or ticks, in one message: an alert change behind it does not wait long, and what it takes to write it is bounded.</summary>
    public const int SensorsPerMessage = 500;

    private const int AlertChangesPerMessage = 200;

    // A note may have a thousand characters.
    private const int NoteChangesPerMessage = 50;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    // From one portion of new sensors to the next: clients have to take them.
    private static readonly TimeSpan SensorsInterval = TimeSpan.FromMilliseconds(20);

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
                LogPushFailed(fault);
            }
        }
    }

    /// <returns>When to come back, if nothing changes before.</returns>
    private TimeSpan Push()
    {
        // A sensor must be known before its ticks and alerts are. Alerts do not wait when there are many new ones.
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

    /// <returns>When to come back for ticks that may be waiting; null when there are none.</returns>
    private TimeSpan? PushTicks()
    {
        var since = time.GetElapsedTime(_lastTicks);

        // A wait is cut to whole milliseconds: for what is left of the last one it would come back at once, again and again.
        if (since < TickInterval)
            return TimeSpan.FromMilliseconds(Math.Ceiling((TickInterval - since).TotalMilliseconds));

        if (!clients.AnyWatch && !streams.Any)
        {
            // Not at each commit: the next come to those that wait already, and wake nobody.
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

    [LoggerMessage(LogLevel.Warning, "Pushing to browsers failed")]
    private partial void LogPushFailed(Exception fault);
}
