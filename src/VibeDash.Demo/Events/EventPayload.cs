using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Demo.Events;

/// <summary>Writes events as sensors do.</summary>
public static class EventPayload
{
    /// <summary>What simulated events name as their source.</summary>
    public const string Source = "VibrationSensor";

    /// <summary>The format version simulated events name.</summary>
    public const string Version = "v1.2";

    /// <summary>Most decimals of a difference: enough for levels in g, few enough to hide what the subtraction of doubles leaves over.</summary>
    internal const int DifferenceDecimals = 6;

    // Sensors write m/s² as it is.
    private static readonly JsonWriterOptions AsSensorsDo = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The UTF-8 JSON of <paramref name="vibrationEvent"/>, in the order and shape sensors send; what is null is left out, and the difference when the baseline is unknown.</summary>
    public static byte[] Write(VibrationEvent vibrationEvent)
    {
        var (reading, facts, message) = vibrationEvent;
        var buffer = new ArrayBufferWriter<byte>(640);
        using var json = new Utf8JsonWriter(buffer, AsSensorsDo);

        json.WriteStartObject();
        json.WriteString("eventId"u8, reading.EventId);
        json.WriteString("eventType"u8, "VibrationRecorded"u8);
        json.WriteString("timestamp"u8, reading.Timestamp.UtcDateTime);
        WriteOptional(json, "source", facts.Source);
        json.WriteString("sensorLocation"u8, facts.Location);
        WriteOptional(json, "version", facts.Version);

        json.WriteStartObject("data"u8);
        json.WriteString("sensorId"u8, reading.SensorId);
        json.WriteNumber("vibrationLevel"u8, reading.Level);
        json.WriteNumber("baselineVibrationLevel"u8, reading.Baseline);
        json.WriteString("unit"u8, reading.Unit);
        // 0 is an unknown baseline.
        if (reading.Baseline > 0)
            json.WriteNumber("difference"u8, Math.Round(reading.Level - reading.Baseline, DifferenceDecimals));
        json.WriteEndObject();

        json.WriteStartObject("metadata"u8);
        WriteOptional(json, "model", facts.Model);
        WriteOptional(json, "calibrationDate", facts.CalibrationDate?.ToString("yyyy-MM-dd"));
        json.WriteEndObject();

        WriteOptional(json, "systemMessage", message);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
