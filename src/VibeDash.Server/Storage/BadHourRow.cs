using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>
/// The minutes of an hour in which a sensor sent readings that were not good. Written with the reading, in any order of arrival, and kept as long as the
/// rollups by the hour: so it is known for any range where a gap of the good readings is a gap of quality.
/// </summary>
internal sealed class BadHourRow
{
    public int SensorKey { get; set; }

    /// <summary>Hours since the Unix epoch.</summary>
    public int Hour { get; set; }

    /// <summary>A bit for each minute, the lowest for the first.</summary>
    public long Minutes { get; set; }

    /// <summary>The highest of their qualities.</summary>
    public ReadingQuality Quality { get; set; }
}
