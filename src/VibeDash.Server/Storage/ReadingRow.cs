using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>A reading, clustered by sensor and time. The key also detects duplicates.</summary>
internal sealed class ReadingRow
{
    public int SensorKey { get; set; }

    public DateTimeOffset Timestamp { get; set; }

    public required string EventId { get; set; }

    public double Level { get; set; }

    public double Baseline { get; set; }

    public required string Unit { get; set; }

    /// <summary>See <see cref="Reading.IsSuspect"/>.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>See <see cref="Reading.Quality"/>.</summary>
    public ReadingQuality Quality { get; set; }

    /// <summary>Converts to the Core type.</summary>
    public Reading ToReading(string sensorId) => new(sensorId, Timestamp, EventId, Level, Baseline, Unit) { IsSuspect = IsSuspect, Quality = Quality };
}
