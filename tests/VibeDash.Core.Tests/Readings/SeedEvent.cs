using System.Text;
using System.Text.Json.Nodes;

namespace VibeDash.Core.Tests.Readings;

/// <summary>The event that every component must handle, and its variations.</summary>
internal static class SeedEvent
{
    public static readonly DateTimeOffset ReceivedAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public const string Text =
        """
        {"eventId":"a1b2c3d4-5678-90ef-ghij-klmnopqrstuv","eventType":"VibrationRecorded","timestamp":"2023-09-29T16:30:25Z",
         "source":"VibrationSensor","sensorLocation":"Motor Assembly Line B, Conveyor Unit 4","version":"v1.2",
         "data":{"sensorId":"VB-42345","vibrationLevel":12.5,"baselineVibrationLevel":4.0,"unit":"m/s²","difference":8.5},
         "metadata":{"model":"VibroMonitor Pro X1","calibrationDate":"2023-06-15"},
         "systemMessage":"Vibration level recorded exceeds the acceptable threshold. Immediate inspection required."}
        """;

    public static byte[] Bytes => Encoding.UTF8.GetBytes(Text);

    /// <summary>The seed event with <paramref name="path"/> (such as <c>data.unit</c>) set to a JSON value; null removes the field.</summary>
    public static byte[] With(string path, string? json)
    {
        var root = JsonNode.Parse(Text)!;
        var parts = path.Split('.');
        var owner = parts[..^1].Aggregate(root, (node, part) => node[part]!).AsObject();
        // A marker instead of the value, because the replacement need not be valid JSON.
        owner[parts[^1]] = "the-value-goes-here";
        if (json is null)
            owner.Remove(parts[^1]);
        return Encoding.UTF8.GetBytes(root.ToJsonString().Replace("\"the-value-goes-here\"", json, StringComparison.Ordinal));
    }
}
