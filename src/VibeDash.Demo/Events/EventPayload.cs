using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Demo.Events;

/// <summary>Writes events in the JSON that sensors send.</summary>
public static class EventPayload
{
    /// <summary>The <c>source</c> of simulated events.</summary>
    public const string Source = "VibrationSensor";

    /// <summary>The <c>version</c> of simulated events.</summary>
    public const string Version = "v1.2";

    /// <summary>Decimals that a difference is rounded to: enough for levels in g, and few enough to hide the rounding error of the subtraction.</summary>
    internal const int DifferenceDecimals = 6;

    // Sensors do not escape the ² of m/s².
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The UTF-8 JSON of an event, with its properties in the order that sensors use. Null properties are left out, and so is the difference when the baseline is unknown.</summary>
    public static byte[] Write(VibrationEvent vibrationEvent)
    {
        var (reading, facts, message) = vibrationEvent;
        var buffer = new ArrayBufferWriter<byte>(640);
        using var json = new Utf8JsonWriter(buffer, Unescaped);

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
        // A baseline of 0 is unknown.
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
