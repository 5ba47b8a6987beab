using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MQTTnet;
using VibeDash.Core.Alerts;

namespace VibeDash.Benchmarks;

/// <summary>
/// From a sensor's publish to its alert: at a hub client, and in the banner of a page in a real browser; for comparison, to a bare subscriber of the same
/// message. The simulator keeps the server busy meanwhile. Alerts are durable before they are pushed, so the first time includes the commit. Every alert
/// clears before the next one. One JSON line per run.
/// </summary>
internal static class LatencyBenchmark
{
    private const int Alerts = 400;
    private const int Probes = 10;
    private const int Sensors = 1000;

    // The page with readings only; including start-up, where the browser's scripts are not yet compiled.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(20);

    // Under foreign load the remaining alerts are skipped; the line contains their number.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    public static async Task RunAsync(double rate)
    {
        using var server = await PublishedServer.CreateAsync();
        await using var scene = new Scene();
        await scene.StartBrokerAsync(Scene.PromiseSettings);
        await scene.StartServerAsync("vibedash", server.Assembly);

        var published = new ConcurrentDictionary<string, double>();
        var hub = new ConcurrentQueue<double>();
        var bare = new ConcurrentQueue<double>();
        var dom = new List<double>();
        var raised = new SemaphoreSlim(0);
        var cleared = new SemaphoreSlim(0);
        var probed = 0L;
        using var http = new HttpClient { BaseAddress = scene.Site };
        await using var watching = await HubWatcher.ConnectAsync(scene, change =>
        {
            if (!published.TryGetValue(change.Alert.SensorId, out var sent))
            {
                // The simulated machines have alerts of their own, which would turn the banner into that of a flood.
                if (change.Alert.IsUnacknowledged)
                    _ = AcknowledgeAsync(change.Alert.Id);
            }
            else if (change.Transition.Trigger == AlertTrigger.Raised && change.Alert.Severity == Severity.Critical)
            {
                hub.Enqueue(BannerPage.Now() - sent);
                probed = change.Alert.Id;
                raised.Release();
            }
            else if (change.Transition.To == AlertState.Normal)
            {
                cleared.Release();
            }
        });
        await watching.WatchFleetAsync();

        using var counting = new MqttClientFactory().CreateMqttClient();
        counting.ApplicationMessageReceivedAsync += received =>
        {
            var topic = received.ApplicationMessage.Topic;
            if (topic.StartsWith("sensors/probe-", StringComparison.Ordinal) && published.TryGetValue(topic.Split('/')[1], out var sent)
                && received.ApplicationMessage.Payload.Length > 0 && Encoding.UTF8.GetString(received.ApplicationMessage.Payload).Contains(":12.5", StringComparison.Ordinal))
                bare.Enqueue(BannerPage.Now() - sent);
            return Task.CompletedTask;
        };
        await counting.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", scene.BrokerPort).Build());
        await counting.SubscribeAsync(new MqttTopicFilterBuilder().WithTopic("sensors/+/vibration").WithAtLeastOnceQoS().Build());

        using var load = scene.StartSimulator(rate, Sensors, TimeSpan.FromSeconds(600), seed: 3);
        using var sensor = new MqttClientFactory().CreateMqttClient();
        await sensor.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", scene.BrokerPort).Build());
        for (var probe = 0; probe < Probes; probe++)
            await PublishAsync($"probe-{probe}", 4);
        await Scene.UntilAsync(async () => (await scene.StatusAsync()).Stored > Math.Max(Sensors, rate * 5));
        await using var page = await BannerPage.OpenAsync(scene.Site);
        var (offset, doubt) = await page.ClockOffsetAsync();

        await Task.Delay(Settling, TimeProvider.System);
        await page.TakeLongestTaskAsync();
        await Task.Delay(Steady, TimeProvider.System);
        var steady = await page.TakeLongestTaskAsync();

        // The first ones include compilation in the browser.
        var watch = Stopwatch.StartNew();
        for (var i = -20; i < Alerts && watch.Elapsed < Longest; i++)
        {
            var probe = $"probe-{(i + Probes + 20) % Probes}";
            published[probe] = BannerPage.Now();
            await PublishAsync(probe, 12.5);
            await raised.WaitAsync();
            var appeared = 0.0;
            await Scene.UntilAsync(async () =>
            {
                appeared = (await page.TakeAsync()).FirstOrDefault(appearance => appearance.Sensor == probe).At;
                return appeared > 0;
            });
            dom.Add(appeared - offset - published[probe]);
            await AcknowledgeAsync(probed);
            await PublishAsync(probe, 4);
            await cleared.WaitAsync();

            // Not in phase with anything periodic.
            await Task.Delay(TimeSpan.FromMilliseconds(20 + ((i + 20) * 37 % 100)), TimeProvider.System);
            if (i < 0)
            {
                hub.Clear();
                bare.Clear();
                dom.Clear();
                await page.TakeLongestTaskAsync();
            }
        }

        var longest = await page.TakeLongestTaskAsync();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "latency",
            load_per_second = rate,
            alerts = dom.Count,
            page_p50_ms = Percentile(dom, 0.50),
            page_p99_ms = Percentile(dom, 0.99),
            page_longest_task_steady_ms = Math.Round(steady),
            page_longest_task_ms = Math.Round(longest),
            hub_p50_ms = Percentile(hub, 0.50),
            hub_p99_ms = Percentile(hub, 0.99),
            bare_subscriber_p50_ms = Percentile(bare, 0.50),
            bare_subscriber_p99_ms = Percentile(bare, 0.99),
            browser_clock_ahead_ms = Math.Round(offset, 2),
            browser_clock_doubt_ms = Math.Round(doubt, 2),
        }));
        await load.StopAsync();

        async Task AcknowledgeAsync(long alertId)
        {
            using var content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri($"api/v1/alerts/{alertId}/acknowledge", UriKind.Relative), content);
        }

        Task PublishAsync(string sensorId, double level) => SensorEvent.PublishAsync(sensor, sensorId, "Hall, Probe", TimeProvider.System.GetUtcNow(), level);
    }

    private static double? Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : Math.Round(sorted[(int)((sorted.Length - 1) * share)], 1);
    }
}
