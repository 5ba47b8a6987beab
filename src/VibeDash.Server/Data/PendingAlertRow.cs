namespace VibeDash.Server.Data;

/// <summary>A condition that counts towards its hold duration, so that a restart does not start the count anew.</summary>
internal sealed class PendingAlertRow
{
    public required string SensorId { get; set; }

    public int RuleId { get; set; }

    public DateTimeOffset Since { get; set; }

    public int Readings { get; set; }

    public double Level { get; set; }

    public double Threshold { get; set; }

    public double PeakLevel { get; set; }

    public required string Unit { get; set; }

    public string? Message { get; set; }
}
