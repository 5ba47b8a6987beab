namespace VibeDash.Server.Storage;

/// <summary>A deleted sensor of which rows are left: they are deleted in steps.</summary>
internal sealed class RemovedSensorRow
{
    public int Key { get; set; }

    public required string SensorId { get; set; }

    /// <summary>Its last alert: later ones are of another sensor that got its id.</summary>
    public long LastAlertId { get; set; }
}
