using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Replay;

/// <summary>Publishes what was measured before, in its own event time. Replays are independent of each other.</summary>
public static class CsvReplay
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Publishes the rows in the order of the file, each when it is due: the time from the first row to it, divided by the speed. A row older than one
    /// before it is due at once. Then waits up to <see cref="SendingOptions.Grace"/> for the last acknowledgements, and reports. A broker that is
    /// not there yet, or goes away, is tried again; cancellation ends the replay and does not throw.
    /// </summary>
    /// <param name="options">What to do.</param>
    /// <param name="time">The clock that pauses come from.</param>
    /// <param name="log">Receives a line every few seconds, one for each change of the connection, and what cannot be read.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no CSV with these columns.</exception>
    public static async Task<ReplayReport> RunAsync(ReplayOptions options, TimeProvider time, TextWriter log, CancellationToken cancellationToken)
    {
        using var file = new StreamReader(options.File);
        var start = time.GetTimestamp();
        var reader = new ReplayReader(options, file, time.GetUtcNow(), log);
        var window = new ReplayWindow(options.Window);
        using var sender = new EventSender(options, window, time, log);
        DateTimeOffset? first = null, oldest = null, newest = null, last = null;
        var (firstAt, reportedAt) = (start, start);
        long outOfOrder = 0, repeated = 0;

        try
        {
            foreach (var row in reader.Read())
            {
                if (first is null)
                    (first, firstAt) = (row.Timestamp, time.GetTimestamp());
                outOfOrder += row.Timestamp < newest ? 1 : 0;
                repeated += row.Timestamp == last ? 1 : 0;
                last = row.Timestamp;
                oldest = oldest < last ? oldest : last;
                newest = newest > last ? newest : last;
                await WaitAsync((row.Timestamp - first.Value) / options.Speed);
                foreach (var replayed in row.Events)
                    await sender.SendAsync(window.Add(replayed), cancellationToken);
                Tell();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
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

        // What is due at a time is sent by then, and answers are heard meanwhile.
        async Task WaitAsync(TimeSpan due)
        {
            while (due - time.GetElapsedTime(firstAt) is var left && left > TimeSpan.Zero)
            {
                await sender.SettleAsync(cancellationToken);
                Tell();
                await Task.Delay(left < LongestPause ? left : LongestPause, time, cancellationToken);
            }
        }

        void Tell()
        {
            if (time.GetElapsedTime(reportedAt) < ReportInterval)
                return;
            reportedAt = time.GetTimestamp();
            log.WriteLine(Report());
        }

        ReplayReport Report() => new(
            time.GetElapsedTime(start), reader.Rows, sender.Published, sender.Acknowledged, sender.Refused, reader.Empty, reader.Unreadable, outOfOrder, repeated, oldest, newest);
    }
}
