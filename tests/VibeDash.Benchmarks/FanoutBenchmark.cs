using System.Diagnostics;
using System.Text.Json;
using VibeDash.Demo.Events;

namespace VibeDash.Benchmarks;

/// <summary>
/// Many hub clients, each with its own sensors, compared to the server without them: at a given rate, and at the maximum rate of the server. One JSON
/// line.
/// </summary>
internal static class FanoutBenchmark
{
    private const int Clients = 500;
    private const int SensorsEach = 50;
    private const int Sensors = 10_000;
    private const double AsMuchAsPossible = 60_000;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(double rate)
    {
        var (alone, _) = await FullLoadAsync(clients: 0);
        var (among, _) = await FullLoadAsync(Clients);

        await using var scene = new Scene();
        await scene.StartBrokerAsync(Scene.PromiseSettings);
        await scene.StartServerAsync("vibedash");
        using var load = scene.StartSimulator(rate, Sensors, TimeSpan.FromSeconds(300), seed: 7);
        await Scene.UntilAsync(async () => (await scene.StatusAsync()).Stored >= Sensors + (5 * rate));
        var before = await Window.MeasureAsync(scene, Length);

        var watchers = await ConnectAsync(scene, Clients, seed: 7);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        using var self = Process.GetCurrentProcess();
        var own = self.TotalProcessorTime;
        foreach (var watcher in watchers)
            watcher.StartCounting();
        var (messages, ticks) = (watchers.Sum(watcher => watcher.Messages), watchers.Sum(watcher => watcher.Ticks));
        var during = await Window.MeasureAsync(scene, Length);
        (messages, ticks) = (watchers.Sum(watcher => watcher.Messages) - messages, watchers.Sum(watcher => watcher.Ticks) - ticks);
        self.Refresh();
        own = self.TotalProcessorTime - own;
        await load.StopAsync();

        // All have received the journal to its end, each entry since their first.
        await Scene.UntilAsync(() => Task.FromResult(watchers.Select(watcher => watcher.LastPosition).Distinct().Count() == 1));
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var ages = watchers.SelectMany(watcher => watcher.Ages).Order().ToArray();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "fanout",
            clients = Clients,
            sensors_each = SensorsEach,
            sensors = Sensors,
            asked_per_second = rate,
            stored_per_second_without = before.PerSecond,
            stored_per_second_with = during.PerSecond,
            processor_seconds_per_10000_without = before.ProcessorSeconds,
            processor_seconds_per_10000_with = during.ProcessorSeconds,
            full_load_per_second_without = alone,
            full_load_per_second_with = among,
            full_load_falls_by = Math.Round(1 - (among / alone), 3),
            messages_per_second = Math.Round(messages / Length.TotalSeconds),
            ticks_per_second = Math.Round(ticks / Length.TotalSeconds),
            tick_age_p50_ms = Math.Round(ages[ages.Length / 2]),
            tick_age_p99_ms = Math.Round(ages[(int)(ages.Length * 0.99)]),
            alert_changes_of_each = watchers.Select(watcher => watcher.AlertChanges).Distinct().Order().ToArray(),
            clients_with_all_alert_changes = watchers.Count(watcher => watcher.Gaps == 0 && watcher.LastPosition == watchers[0].LastPosition),
            clients_lost = watchers.Count(watcher => watcher.Fault is not null),
            processor_seconds_of_the_clients = Math.Round(own.TotalSeconds, 1),
            megabytes = Math.Round(scene.Server!.Megabytes),
        }));
        foreach (var watcher in watchers)
            await watcher.DisposeAsync();
    }

    private static async Task<(double PerSecond, double Cost)> FullLoadAsync(int clients)
    {
        await using var scene = new Scene();
        await scene.StartBrokerAsync(Scene.PromiseSettings);
        await scene.StartServerAsync("vibedash");
        var watchers = await ConnectAsync(scene, clients, seed: 8);
        using var load = scene.StartSimulator(AsMuchAsPossible, Sensors, Length + TimeSpan.FromSeconds(60), seed: 8);
        await Scene.UntilAsync(async () => (await scene.StatusAsync()).Stored >= 10 * Sensors);
        var window = await Window.MeasureAsync(scene, Length);
        await load.StopAsync();
        foreach (var watcher in watchers)
            await watcher.DisposeAsync();
        return (window.PerSecond, window.ProcessorSeconds);
    }

    private static async Task<List<HubWatcher>> ConnectAsync(Scene scene, int clients, int seed)
    {
        var fleet = new SimulatedFleet(Sensors, seed).Sensors;
        var watchers = new List<HubWatcher>();
        for (var client = 0; client < clients; client++)
        {
            var watcher = await HubWatcher.ConnectAsync(scene);
            await watcher.WatchAsync([.. Enumerable.Range(0, SensorsEach).Select(number => fleet[((client * SensorsEach) + number) % Sensors].SensorId)]);
            watchers.Add(watcher);
        }

        return watchers;
    }
}
