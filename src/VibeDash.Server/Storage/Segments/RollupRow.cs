using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Segments;

/// <summary>Rollup of the readings in a sensor's segments in one hour or day. Readings still in the table are not included.</summary>
internal sealed class RollupRow
{
    public int SensorKey { get; set; }

    /// <summary><see cref="RollupTier.Hour"/> or <see cref="RollupTier.Day"/>.</summary>
    public RollupTier Tier { get; set; }

    /// <summary>Start of the bucket divided by its width: hours or days since the Unix epoch.</summary>
    public int Bucket { get; set; }

    public long Count { get; set; }

    public double Min { get; set; }

    public double Max { get; set; }

    public double Sum { get; set; }

    public double Last { get; set; }

    public DateTimeOffset LastAt { get; set; }
}
