using System.Globalization;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>A sensor: an MQTT client that publishes with QoS 1.</summary>
internal sealed class TestSensor : IAsyncDisposable
{
    public const string SeedEvent =
        """{"eventId":"a1b2c3d4-5678-90ef-ghij-klmnopqrstuv","eventType":"VibrationRecorded","timestamp":"2023-09-29T16:30:25Z","source":"VibrationSensor","sensorLocation":"Motor Assembly Line B, Conveyor Unit 4","version":"v1.2","data":{"sensorId":"VB-42345","vibrationLevel":12.5,"baselineVibrationLevel":4.0,"unit":"m/s²","difference":8.5},"metadata":{"model":"VibroMonitor Pro X1","calibrationDate":"2023-06-15"},"systemMessage":"Vibration level recorded exceeds the acceptable threshold. Immediate inspection required."}""";

    private readonly IMqttClient _client;

    private TestSensor(IMqttClient client) => _client = client;

    public static async Task<TestSensor> ConnectAsync(TestBroker broker, string? user = null, string? password = null)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port);
        if (user is not null)
            options = options.WithCredentials(user, password);
        await client.ConnectAsync(options.Build(), TestContext.Current.CancellationToken);
        return new(client);
    }

    /// <summary>An event in the format of a sensor. With the default rule and baseline, Critical above 12, at once above 40.</summary>
    public static string Event(
        double level, DateTimeOffset timestamp, string sensorId = "VB-1", string? eventId = null, string location = "Hall 1, Pump 1", double baseline = 4) =>
        $$"""
        {"eventId":"{{eventId ?? Guid.NewGuid().ToString()}}","eventType":"VibrationRecorded","timestamp":"{{timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}}",
         "sensorLocation":"{{location}}","data":{"sensorId":"{{sensorId}}","vibrationLevel":{{level.ToString(CultureInfo.InvariantCulture)}},"baselineVibrationLevel":{{baseline.ToString("0.0##", CultureInfo.InvariantCulture)}},"unit":"m/s²"} }
        """;

    /// <summary>Publishes and waits for the broker's acknowledgement.</summary>
    public Task PublishAsync(string payload, string sensorId = "VB-1") => PublishAsync(Encoding.UTF8.GetBytes(payload), sensorId);

    public Task PublishOnAsync(string topic, string payload) => _client.PublishStringAsync(
        topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);

    public Task PublishAsync(byte[] payload, string sensorId = "VB-1", MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce) =>
        _client.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic($"sensors/{sensorId}/vibration").WithPayload(payload).WithQualityOfServiceLevel(qos).Build(),
            TestContext.Current.CancellationToken);

    /// <summary>Publishes a retained message.</summary>
    public Task PublishRetainedAsync(string payload, string sensorId = "VB-1") =>
        _client.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic($"sensors/{sensorId}/vibration").WithPayload(payload).WithRetainFlag()
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(),
            TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
