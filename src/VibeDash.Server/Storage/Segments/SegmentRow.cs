namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Older readings of a sensor, packed. Segments of a sensor never overlap, but that one may start at the timestamp at which the one before it ends;
/// every reading is either in one of them, and then in the rollups, too, or in the table of readings.
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

    /// <summary>Its rollups by the minute (<see cref="MinuteBlock"/>); null when they are no longer kept.</summary>
    public byte[]? Minutes { get; set; }

    /// <summary>Its readings (<see cref="ReadingBlock"/>); null when they are no longer kept.</summary>
    public byte[]? Readings { get; set; }
}
