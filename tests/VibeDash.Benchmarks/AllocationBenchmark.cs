using System.Text.Json;

namespace VibeDash.Benchmarks;

/// <summary>Bytes allocated by the server per event of known sensors, without and with a browser that watches the fleet. One JSON line each.</summary>
internal static class AllocationBenchmark
{
    private const int Sensors = 1000;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(double rate)
    {
        await using var scene = new Scene();
        await scene.StartBrokerAsync(Scene.PromiseSettings);
        await scene.StartServerAsync("vibedash");
        using var load = scene.StartSimulator(rate, Sensors, TimeSpan.FromSeconds(120), seed: 6);
        await Scene.UntilAsync(async () => (await scene.StatusAsync()).Stored >= Sensors + (5 * rate));
        Write("nobody", await Window.MeasureAsync(scene, Length));

        await using var watching = await HubWatcher.ConnectAsync(scene);
        await watching.WatchFleetAsync();

        // One-time allocations, per connection or per process, are not part of an event's cost.
        await Scene.UntilAsync(() => Task.FromResult(watching.Ticks >= 20 * Sensors));
        Write("a browser", await Window.MeasureAsync(scene, Length));
        await load.StopAsync();

        void Write(string watched, Window window) => Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "allocation",
            watched_by = watched,
            asked_per_second = rate,
            stored_per_second = window.PerSecond,
            allocated_bytes_per_event = window.AllocatedBytes,
            processor_seconds_per_10000 = window.ProcessorSeconds,
        }));
    }
}
