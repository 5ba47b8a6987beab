namespace VibeDash.Server.Data;

/// <summary>A sensor and the facts its events repeat.</summary>
internal sealed class SensorRow
{
    public int Key { get; set; }

    public required string SensorId { get; set; }

    public required string Location { get; set; }

    public string? Model { get; set; }

    public DateOnly? CalibrationDate { get; set; }

    public string? Source { get; set; }

    public string? Version { get; set; }

    /// <summary>See <see cref="Core.Sensors.SensorStatusChange"/>: a newer reading may have made it past.</summary>
    public DateTimeOffset? OfflineSince { get; set; }
}
