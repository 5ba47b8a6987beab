using VibeDash.Simulator.Events;

namespace VibeDash.Simulator.Sending;

/// <summary>Lets a fleet send to a broker. Runs are independent of each other.</summary>
public static class FleetSimulator
{
    /// <summary>How far sending may fall behind its schedule before events are left out to catch up.</summary>
    public static readonly TimeSpan MaximumLag = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Sends until the duration is over or <paramref name="cancellationToken"/> is cancelled, waits up to
    /// <see cref="SimulatorOptions.Grace"/> for the last acknowledgements, and reports. A broker that is not there yet, or goes away,
    /// is tried again with growing pauses; nothing a broker does makes this throw, and cancellation does not either.
    /// </summary>
    /// <param name="options">What to do.</param>
    /// <param name="time">The clock: event times and pauses come from it.</param>
    /// <param name="log">Receives a line every few seconds and one for each change of the connection.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<SimulatorReport> RunAsync(
        SimulatorOptions options, TimeProvider time, TextWriter log, CancellationToken cancellationToken)
    {
        var start = time.GetUtcNow();
        var schedule = new Fleet(options.Sensors, options.Seed).Schedule(start, options.EventsPerSecond);
        var slots = options.Duration > TimeSpan.Zero ? schedule.DueAt(start + options.Duration - TimeSpan.FromMicroseconds(1)) : long.MaxValue;
        long skipped = 0;
        using var sender = new EventSender(options, time, log);

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = options.Duration > TimeSpan.Zero ? new CancellationTokenSource(options.Duration + MaximumLag, time) : new();
        using var stop = timer.Token.Register(ends.Cancel);
        try
        {
            await SendAsync(ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
        }

        using var grace = new CancellationTokenSource(options.Grace, time);
        try
        {
            await sender.FlushAsync(grace.Token);
        }
        catch (OperationCanceledException) when (grace.IsCancellationRequested)
        {
        }

        return Report();

        async Task SendAsync(CancellationToken end)
        {
            var reported = start;
            long slot = 0;
            while (slot < slots)
            {
                var now = time.GetUtcNow();
                var due = Math.Min(schedule.DueAt(now), slots);
                if (now - schedule.TimeOf(slot) > MaximumLag)
                    (skipped, slot) = (skipped + due - slot, due);
                if (now - reported >= ReportInterval)
                {
                    reported = now;
                    log.WriteLine(Report());
                }

                // In portions, to look at the clock again.
                for (var portion = Math.Min(due, slot + 1000); slot < portion; slot++)
                {
                    if (schedule.EventAt(slot) is { } vibrationEvent)
                        await sender.SendAsync(vibrationEvent, end);
                }

                await sender.SettleAsync(end);
                if (slot == due)
                    await Task.Delay(Pause(schedule.TimeOf(slot) - time.GetUtcNow()), time, end);
            }
        }

        SimulatorReport Report() => new(
            time.GetUtcNow() - start, sender.Published, sender.Acknowledged, sender.Refused, sender.Repeated, sender.ConnectionFailures, skipped);
    }

    private static TimeSpan Pause(TimeSpan wanted) =>
        wanted < ShortestPause ? ShortestPause : wanted > LongestPause ? LongestPause : wanted;
}
