namespace VibeDash.Core.Sparkplug;

/// <summary>A payload of Sparkplug B, as far as it is used.</summary>
/// <param name="Timestamp">When it was sent, milliseconds since 1970-01-01 UTC, or null.</param>
/// <param name="Sequence">Its number among the messages of its edge node, 0 to 255; null when it has none.</param>
/// <param name="Uuid">Names the schema of a payload that is wrapped in another, or null.</param>
/// <param name="Metrics">Its metrics.</param>
public sealed record SparkplugPayload(ulong? Timestamp, ulong? Sequence, string? Uuid, IReadOnlyList<SparkplugMetric> Metrics)
{
    /// <summary>Longest payload that is looked at, in bytes: a birth tells of every metric.</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>Most metrics of one payload.</summary>
    public const int MaximumMetrics = 5_000;
}
