namespace VibeDash.Core.Sparkplug;

/// <summary>A Sparkplug B payload; contains the used fields only.</summary>
/// <param name="Timestamp">Time of sending, in milliseconds since 1970-01-01 UTC, or null.</param>
/// <param name="Sequence">Sequence number within its edge node, 0 to 255; null when absent.</param>
/// <param name="Uuid">Schema of a payload wrapped in another, or null.</param>
/// <param name="Metrics">Its metrics.</param>
public sealed record SparkplugPayload(ulong? Timestamp, ulong? Sequence, string? Uuid, IReadOnlyList<SparkplugMetric> Metrics)
{
    /// <summary>Maximum length of a payload, in bytes: a birth contains every metric.</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>Maximum metrics per payload.</summary>
    public const int MaximumMetrics = 5_000;
}
