using System.Text.Json;

namespace VibeDash.Benchmarks;

/// <summary>The same rate with few and with many sensors: cost of an event, and cost of the sensors. One JSON line per number.</summary>
internal static class SensorsBenchmark
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(double rate)
    {
        foreach (var sensors in new[] { 100, 10_000, 50_000 })
        {
            await using var scene = new Scene();
            await scene.StartBrokerAsync(Scene.PromiseSettings);
            await scene.StartServerAsync("vibedash");
            var known = TimeSpan.FromSeconds(sensors / rate);
            using var load = scene.StartSimulator(rate, sensors, (2 * known) + Length + TimeSpan.FromSeconds(120), seed: 5);

            // Counting starts after every sensor has sent more than once.
            await Scene.UntilAsync(async () => (await scene.StatusAsync()).Stored >= sensors + (5 * rate));
            var window = await Window.MeasureAsync(scene, Length);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "sensors",
                sensors,
                asked_per_second = rate,
                stored_per_second = window.PerSecond,
                processor_seconds_per_10000 = window.ProcessorSeconds,
                allocated_bytes_per_event = window.AllocatedBytes,
                megabytes = Math.Round(scene.Server!.Megabytes),
            }));
            await load.StopAsync();
        }
    }
}
