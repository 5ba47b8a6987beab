using VibeDash.Demo.Events;
using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Load;

/// <summary>Lets a fleet send to a broker. Runs are independent of each other.</summary>
public static class FleetSimulator
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Sends until the duration is over or <paramref name="cancellationToken"/> is cancelled, waits up to
    /// <see cref="SendingOptions.Grace"/> for the last acknowledgements, and reports. A broker that is not there yet, or goes away,
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
        var schedule = new SimulatedFleet(options.Sensors, options.Seed).Schedule(start, options.EventsPerSecond);
        var slots = options.Duration > TimeSpan.Zero ? schedule.DueAt(start + options.Duration - TimeSpan.FromMicroseconds(1)) : long.MaxValue;
        var connections = Math.Min(options.Connections, options.Sensors);
        var skipped = new long[connections];
        var shared = TextWriter.Synchronized(log);
        var events = new ScheduledEvents(schedule);
        var senders = Enumerable.Range(0, connections).Select(_ => new EventSender(One(options), events, time, shared)).ToArray();

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = options.Duration > TimeSpan.Zero ? new CancellationTokenSource(options.Duration + EventSchedule.MaximumLag, time) : new();
        using var stop = timer.Token.Register(ends.Cancel);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(() => SendAndFlushAsync(number), CancellationToken.None)));
            return Report();
        }
        finally
        {
            foreach (var sender in senders)
                sender.Dispose();
        }

        async Task SendAndFlushAsync(int connection)
        {
            try
            {
                await SendAsync(connection, ends.Token);
            }
            catch (OperationCanceledException) when (ends.IsCancellationRequested)
            {
            }

            using var grace = new CancellationTokenSource(options.Grace, time);
            try
            {
                await senders[connection].FlushAsync(grace.Token);
            }
            catch (OperationCanceledException) when (grace.IsCancellationRequested)
            {
            }
        }

        async Task SendAsync(int connection, CancellationToken end)
        {
            var sender = senders[connection];
            var reported = start;
            long slot = 0;
            while (slot < slots)
            {
                var now = time.GetUtcNow();
                var due = Math.Min(schedule.DueAt(now), slots);
                if (now - schedule.TimeOf(slot) > EventSchedule.MaximumLag)
                {
                    for (; slot < due; slot++)
                        skipped[connection] += IsOf(connection, slot) ? 1 : 0;
                }

                if (connection == 0 && now - reported >= ReportInterval)
                {
                    reported = now;
                    shared.WriteLine(Report());
                }

                // In portions, to look at the clock again.
                for (var portion = Math.Min(due, slot + (1000 * connections)); slot < portion; slot++)
                {
                    if (IsOf(connection, slot))
                        await sender.SendAsync(slot, end);
                }

                await sender.SettleAsync(end);
                if (slot == due)
                    await Task.Delay(schedule.PauseUntil(slot, time), time, end);
            }
        }

        // A sensor always sends over the same connection: its events stay in order.
        bool IsOf(int connection, long slot) => connections == 1 || schedule.SensorOf(slot) % connections == connection;

        SimulatorReport Report() => new(
            time.GetUtcNow() - start, senders.Sum(sender => sender.Published), senders.Sum(sender => sender.Acknowledged), senders.Sum(sender => sender.Refused),
            senders.Sum(sender => sender.Repeated), senders.Sum(sender => sender.ConnectionFailures), skipped.Sum());
    }

    /// <summary>The options, with whoever hears of acknowledgements called from one thread at a time.</summary>
    private static SimulatorOptions One(SimulatorOptions options)
    {
        if (options.Connections == 1 || options.Acknowledged is not { } acknowledged)
            return options;
        return options with
        {
            Acknowledged = eventId =>
            {
                lock (acknowledged)
                    acknowledged(eventId);
            },
        };
    }
}
