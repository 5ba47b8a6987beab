using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Segments;

/// <summary>The readings of a sensor's segments in one hour or day. What is still in the table of readings is not in it.</summary>
internal sealed class RollupRow
{
    public int SensorKey { get; set; }

    /// <summary><see cref="RollupTier.Hour"/> or <see cref="RollupTier.Day"/>.</summary>
    public RollupTier Tier { get; set; }

    /// <summary>Start of the bucket over its width: hours or days since the Unix epoch.</summary>
    public int Bucket { get; set; }

    public long Count { get; set; }

    public double Min { get; set; }

    public double Max { get; set; }

    public double Sum { get; set; }

    public double Last { get; set; }

    public DateTimeOffset LastAt { get; set; }
}
