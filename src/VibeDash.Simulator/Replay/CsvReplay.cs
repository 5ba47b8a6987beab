using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Replay;

/// <summary>Publishes measured data with its own timestamps. Replays are independent of each other.</summary>
public static class CsvReplay
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Publishes the rows in the order of the file. A row is due at its time since the first row, divided by the speed; a row that is out of order is due
    /// at once. Then waits up to <see cref="SendingOptions.Grace"/> for the last acknowledgements and reports. Reconnects when the connection is lost;
    /// cancellation ends the replay without an exception.
    /// </summary>
    /// <param name="options">The file, the speed and the broker.</param>
    /// <param name="time">The clock for pauses.</param>
    /// <param name="log">Receives a report every few seconds and a line for each change of the connection and for unreadable data.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="InvalidDataException">The file is not a CSV file with these columns.</exception>
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
                LogReport();
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

        // Exchanges before each pause, so that written events are on their way and answers are processed.
        async Task WaitAsync(TimeSpan due)
        {
            while (due - time.GetElapsedTime(firstAt) is var left && left > TimeSpan.Zero)
            {
                await sender.ExchangeAsync(cancellationToken);
                LogReport();
                await Task.Delay(left < MaximumPause ? left : MaximumPause, time, cancellationToken);
            }
        }

        void LogReport()
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
