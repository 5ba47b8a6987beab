using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Benchmarks;

/// <summary>
/// From a sensor's publish to the alert in a hub client, and for comparison to the same message in a bare subscriber, while the simulator
/// keeps the server busy. The alert is durable before it is pushed. One JSON line a run.
/// </summary>
internal static class LatencyBenchmark
{
    private const int Alerts = 400;

    public static async Task RunAsync(double rate)
    {
        await using var scene = new Scene();
        await scene.StartBrokerAsync(Scene.PromiseSettings);
        await scene.StartServerAsync("vibedash");

        var published = new ConcurrentDictionary<string, long>();
        var alerts = new ConcurrentQueue<double>();
        var bare = new ConcurrentQueue<double>();
        await using var browser = new HubConnectionBuilder()
            .WithUrl(new Uri(scene.Site, LiveHubMethods.Path))
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, DashboardJson.Default))
            .Build();
        browser.On<AlertChange[]>(nameof(ILiveClient.AlertsChanged), changes =>
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var change in changes)
            {
                if (change.Alert.Severity == Severity.Critical && published.TryGetValue(change.Alert.SensorId, out var sent))
                    alerts.Enqueue(Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds);
            }
        });
        await browser.StartAsync();
        await browser.InvokeAsync(LiveHubMethods.WatchFleet);

        using var counting = new MqttClientFactory().CreateMqttClient();
        counting.ApplicationMessageReceivedAsync += received =>
        {
            if (published.TryGetValue(received.ApplicationMessage.Topic.Split('/')[1], out var sent))
                bare.Enqueue(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            return Task.CompletedTask;
        };
        await counting.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", scene.BrokerPort).Build());
        await counting.SubscribeAsync(new MqttTopicFilterBuilder().WithTopic("sensors/+/vibration").WithAtLeastOnceQoS().Build());

        using var load = scene.StartSimulator(rate, 1000, TimeSpan.FromSeconds(60), seed: 3);
        await Scene.UntilAsync(async () => (await scene.StatusAsync()).Stored > rate * 5);

        using var sensor = new MqttClientFactory().CreateMqttClient();
        await sensor.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", scene.BrokerPort).Build());
        for (var i = 0; i < Alerts; i++)
        {
            var sensorId = $"probe-{i}";
            var payload = $$"""
                {"eventId":"{{i}}","eventType":"VibrationRecorded","timestamp":"{{TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}}",
                 "sensorLocation":"Hall, Probe","data":{"sensorId":"{{sensorId}}","vibrationLevel":12.5,"baselineVibrationLevel":4.0,"unit":"m/s²"} }
                """;
            published[sensorId] = Stopwatch.GetTimestamp();
            await sensor.PublishAsync(new MqttApplicationMessage
            {
                Topic = $"sensors/{sensorId}/vibration",
                PayloadSegment = Encoding.UTF8.GetBytes(payload),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            });
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        await Scene.UntilAsync(() => Task.FromResult(alerts.Count >= Alerts));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "latency",
            load_per_second = rate,
            alerts = alerts.Count,
            alert_p50_ms = Percentile(alerts, 0.50),
            alert_p99_ms = Percentile(alerts, 0.99),
            bare_subscriber_p50_ms = Percentile(bare, 0.50),
            bare_subscriber_p99_ms = Percentile(bare, 0.99),
        }));
        await load.StopAsync();
    }

    private static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return Math.Round(sorted[(int)((sorted.Length - 1) * share)], 1);
    }
}
