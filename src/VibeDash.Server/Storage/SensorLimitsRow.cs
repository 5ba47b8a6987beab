namespace VibeDash.Server.Storage;

/// <summary>Baseline and thresholds that were in force for a sensor until a time. What is in force now has no row: it follows from the sensor and the rules.</summary>
internal sealed class SensorLimitsRow
{
    public int SensorKey { get; set; }

    /// <summary>Event time of the first reading that others were in force for. They were in force since that of the row before, or else always.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>The sensor's unit then.</summary>
    public required string Unit { get; set; }

    /// <summary>The baseline in <see cref="Unit"/>; 0 when none was known.</summary>
    public double Baseline { get; set; }

    /// <summary>The <see cref="Core.Alerts.LevelThreshold"/>s in <see cref="Unit"/>, as JSON.</summary>
    public required string Thresholds { get; set; }
}
