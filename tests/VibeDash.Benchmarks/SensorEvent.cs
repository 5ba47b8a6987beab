using System.Globalization;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace VibeDash.Benchmarks;

/// <summary>A single event of a sensor with a baseline of 4 m/s².</summary>
internal static class SensorEvent
{
    /// <summary>Publishes it with QoS 1, and waits for the acknowledgement of the broker.</summary>
    public static Task PublishAsync(IMqttClient client, string sensorId, string location, DateTimeOffset at, double level)
    {
        var payload = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"eventId":"{{at.Ticks}}","eventType":"VibrationRecorded","timestamp":"{{at.UtcDateTime:O}}","sensorLocation":"{{location}}","data":{"sensorId":"{{sensorId}}","vibrationLevel":{{level}},"baselineVibrationLevel":4.0,"unit":"m/s²"} }""");
        return client.PublishAsync(new MqttApplicationMessage
        {
            Topic = $"sensors/{sensorId}/vibration",
            PayloadSegment = Encoding.UTF8.GetBytes(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        });
    }
}
