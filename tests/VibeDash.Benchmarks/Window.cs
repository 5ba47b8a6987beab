using System.Diagnostics;

namespace VibeDash.Benchmarks;

/// <summary>Work of a server in a period, and its cost.</summary>
/// <param name="PerSecond">Events stored per second.</param>
/// <param name="ProcessorSeconds">Processor seconds per 10,000 events.</param>
/// <param name="AllocatedBytes">Bytes allocated per event.</param>
internal readonly record struct Window(double PerSecond, double ProcessorSeconds, double AllocatedBytes)
{
    /// <summary>Observes the server for a period.</summary>
    public static async Task<Window> MeasureAsync(Scene scene, TimeSpan length)
    {
        var (events, processor, allocated, watch) = ((await scene.StatusAsync()).Stored, scene.Server!.ProcessorSeconds, scene.ServerAllocated, Stopwatch.StartNew());
        await Task.Delay(length, TimeProvider.System);
        var elapsed = watch.Elapsed;
        var count = (await scene.StatusAsync()).Stored - events;
        return new(
            Math.Round(count / elapsed.TotalSeconds),
            Math.Round((scene.Server!.ProcessorSeconds - processor) / count * 10_000, 3),
            Math.Round((scene.ServerAllocated - allocated) / (double)count));
    }
}
