using VibeDash.Demo.Events;
using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Load;

/// <summary>Publishes the events of a simulated fleet to a broker. Runs are independent of each other.</summary>
public static class FleetSimulator
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Sends for the duration or until <paramref name="cancellationToken"/> is cancelled, then waits up to <see cref="SendingOptions.Grace"/> for the last
    /// acknowledgements and reports. Reconnects with increasing pauses. Throws neither for anything that a broker does nor on cancellation.
    /// </summary>
    /// <param name="options">The fleet, the load and the broker.</param>
    /// <param name="time">The clock for event times and pauses.</param>
    /// <param name="log">Receives a report every few seconds and a line for each change of the connection.</param>
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
        var senders = Enumerable.Range(0, connections).Select(_ => new EventSender(WithSerialCallback(options), events, time, shared)).ToArray();

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

        async Task SendAsync(int connection, CancellationToken cancelled)
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

                // Not all at once, so that the clock is read again in time.
                for (var end = Math.Min(due, slot + (1000 * connections)); slot < end; slot++)
                {
                    if (IsOf(connection, slot))
                        await sender.SendAsync(slot, cancelled);
                }

                await sender.ExchangeAsync(cancelled);
                if (slot == due)
                    await Task.Delay(schedule.PauseUntil(slot, time), time, cancelled);
            }
        }

        // A sensor always uses the same connection, so that its events stay in order.
        bool IsOf(int connection, long slot) => connections == 1 || schedule.SensorOf(slot) % connections == connection;

        SimulatorReport Report() => new(
            time.GetUtcNow() - start, senders.Sum(sender => sender.Published), senders.Sum(sender => sender.Acknowledged), senders.Sum(sender => sender.Refused),
            senders.Sum(sender => sender.Repeated), senders.Sum(sender => sender.ConnectionFailures), skipped.Sum());
    }

    /// <summary>The options, with a callback that several connections can share: it is called by one thread at a time.</summary>
    private static SimulatorOptions WithSerialCallback(SimulatorOptions options)
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
