using System.Diagnostics;
using System.Text.Json;

namespace VibeDash.Benchmarks;

/// <summary>
/// Sustained durable ingest compared to its limits: the same simulator sends to the same Mosquitto, first with a bare subscriber that counts, then with
/// VibeDash, which acknowledges after its commit, evaluates, and pushes to one browser. One JSON line per run.
/// </summary>
internal static class IngestBenchmark
{
    private const int Sensors = 1000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(double rate, string brokerSettings)
    {
        await using var scene = new Scene();
        await scene.StartBrokerAsync(brokerSettings);

        var sqlite = BareSqliteWriter.Measure(TimeSpan.FromSeconds(3), Sensors);

        double bare;
        using (var subscriber = new BareSubscriber())
        {
            await subscriber.ConnectAsync(scene.BrokerPort);
            using var sending = scene.StartSimulator(rate, Sensors, WarmUp + Window + TimeSpan.FromSeconds(1), seed: 1);
            (bare, _) = await RateAsync(() => Task.FromResult(subscriber.Count), () => 0);
            await sending.WaitAsync();
        }

        await scene.StartServerAsync("vibedash");
        await using var browser = await HubWatcher.ConnectAsync(scene);
        await browser.WatchFleetAsync();

        using var publishing = scene.StartSimulator(rate, Sensors, WarmUp + Window + TimeSpan.FromSeconds(1), seed: 2);
        var (stored, processorSeconds) = await RateAsync(async () => (await scene.StatusAsync()).Stored, () => scene.Server!.ProcessorSeconds);
        await publishing.WaitAsync();
        var acknowledged = Acknowledged(publishing.Output);
        var draining = Stopwatch.StartNew();
        var last = 0L;
        await Scene.UntilAsync(async () =>
        {
            // With its defaults the broker drops messages beyond 1,000 queued ones: those never arrive.
            var before = last;
            last = (await scene.StatusAsync()).Stored;
            if (last < acknowledged && last == before)
                await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            return last >= acknowledged || (await scene.StatusAsync()).Stored == before;
        });

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "ingest",
            broker = brokerSettings.Length == 0 ? "defaults" : "promise",
            asked_per_second = rate,
            bare_subscriber_per_second = Math.Round(bare),
            bare_sqlite_rows_per_second = Math.Round(sqlite),
            vibedash_per_second = Math.Round(stored),
            of_bare_subscriber = Math.Round(stored / bare, 3),
            processor_seconds_per_10000 = Math.Round(processorSeconds / stored / Window.TotalSeconds * 10_000, 3),
            published_and_acknowledged = acknowledged,
            backlog_drained_after_seconds = Math.Round(draining.Elapsed.TotalSeconds, 1),
            stored_at_the_end = last,
            dropped_by_the_broker = acknowledged - last,
            megabytes = Math.Round(scene.Server!.Megabytes),
            ticks_pushed = browser.Ticks,
        }));
    }

    private static async Task<(double PerSecond, double Cost)> RateAsync(Func<Task<long>> count, Func<double> cost)
    {
        await Task.Delay(WarmUp, TimeProvider.System);
        var (firstCount, firstCost, watch) = (await count(), cost(), Stopwatch.StartNew());
        await Task.Delay(Window, TimeProvider.System);
        var (lastCount, lastCost, elapsed) = (await count(), cost(), watch.Elapsed);
        return ((lastCount - firstCount) / elapsed.TotalSeconds, lastCost - firstCost);
    }

    // "Done after 11 s: 207,463 published, 207,463 acknowledged (…"
    private static long Acknowledged(string report)
    {
        var done = report.Split('\n').Last(line => line.StartsWith("Done", StringComparison.Ordinal));
        var word = done.Split(", ").First(part => part.Contains(" acknowledged", StringComparison.Ordinal)).Split(' ')[0];
        return long.Parse(word, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
    }
}
