using System.Globalization;
using System.Text.Json;
using MQTTnet;
using MQTTnet.Protocol;

namespace VibeDash.EndToEnd.Tests.Hosting;

/// <summary>Sensors: an MQTT client that publishes with QoS 1.</summary>
public sealed class Sensor : IAsyncDisposable
{
    /// <summary>The event of the specification, byte for byte.</summary>
    public const string SeedEvent =
        """
        {"eventId":"a1b2c3d4-5678-90ef-ghij-klmnopqrstuv","eventType":"VibrationRecorded","timestamp":"2023-09-29T16:30:25Z",
         "source":"VibrationSensor","sensorLocation":"Motor Assembly Line B, Conveyor Unit 4","version":"v1.2",
         "data":{"sensorId":"VB-42345","vibrationLevel":12.5,"baselineVibrationLevel":4.0,"unit":"m/s²","difference":8.5},
         "metadata":{"model":"VibroMonitor Pro X1","calibrationDate":"2023-06-15"},
         "systemMessage":"Vibration level recorded exceeds the acceptable threshold. Immediate inspection required."}
        """;

    private readonly IMqttClient _client;

    private Sensor(IMqttClient client) => _client = client;

    /// <summary>Connects to the server's broker.</summary>
    public static async Task<Sensor> ConnectAsync(ServerProcess server)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", server.BrokerPort).Build();
        await client.ConnectAsync(options, TestContext.Current.CancellationToken);
        return new(client);
    }

    /// <summary>Publishes the event of the specification.</summary>
    public Task PublishSeedAsync() => PublishAsync("VB-42345", SeedEvent);

    /// <summary>Publishes a reading with a baseline of 4.0, now unless <paramref name="at"/> says otherwise.</summary>
    public Task PublishAsync(
        string sensorId, double level, string location = "Hall 1, Pump 1", DateTimeOffset? at = null, double baseline = 4, string unit = "m/s²") =>
        PublishAsync(sensorId, JsonSerializer.Serialize(new
        {
            eventId = Guid.NewGuid().ToString(),
            eventType = "VibrationRecorded",
            timestamp = (at ?? TimeProvider.System.GetUtcNow()).UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            source = "VibrationSensor",
            sensorLocation = location,
            version = "v1.2",
            data = new { sensorId, vibrationLevel = level, baselineVibrationLevel = baseline, unit, difference = level - baseline },
            metadata = new { model = "VibroMonitor Pro X1", calibrationDate = "2026-06-15" },
        }));

    /// <summary>Publishes and waits for the broker's acknowledgement.</summary>
    public Task PublishAsync(string sensorId, string payload) => PublishAsync(sensorId, System.Text.Encoding.UTF8.GetBytes(payload));

    /// <summary>Publishes arbitrary bytes and waits for the broker's acknowledgement.</summary>
    public async Task PublishAsync(string sensorId, byte[] payload)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic($"sensors/{sensorId}/vibration")
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        var result = await _client.PublishAsync(message, TestContext.Current.CancellationToken);
        result.IsSuccess.ShouldBeTrue(result.ReasonString);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
