namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Older readings of a sensor, compacted. Segments of a sensor do not overlap, but one may start at the end timestamp of the previous one. Every
/// reading is either in a segment, and then also in the rollups, or in the table of readings.
/// </summary>
internal sealed class SegmentRow
{
    public long Id { get; set; }

    public int SensorKey { get; set; }

    /// <summary>Timestamp of its first reading.</summary>
    public DateTimeOffset Start { get; set; }

    /// <summary>Timestamp of its last reading.</summary>
    public DateTimeOffset End { get; set; }

    public int Count { get; set; }

    /// <summary>Its rollups by the minute (<see cref="MinuteBlock"/>); null after their retention period.</summary>
    public byte[]? Minutes { get; set; }

    /// <summary>Its readings (<see cref="ReadingBlock"/>); null after their retention period.</summary>
    public byte[]? Readings { get; set; }
}
