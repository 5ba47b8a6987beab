namespace VibeDash.Server.Storage;

/// <summary>A deleted sensor of which rows are left: they are deleted in steps.</summary>
internal sealed class RemovedSensorRow
{
    /// <summary>Follows its id once another sensor has got that.</summary>
    public const string Mark = " (deleted)";

    public int Key { get; set; }

    public required string SensorId { get; set; }

    /// <summary>Its last alert: later ones are of another sensor that got its id.</summary>
    public long LastAlertId { get; set; }
}
