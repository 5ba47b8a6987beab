namespace VibeDash.Server.Storage;

/// <summary>Start of a time in which a machine runs or stands still.</summary>
internal sealed class MachineStateRow
{
    /// <summary>Full location of the machine, or the sensor id.</summary>
    public required string Name { get; set; }

    /// <summary>True for a single sensor.</summary>
    public bool IsSensor { get; set; }

    public DateTimeOffset At { get; set; }

    public bool Runs { get; set; }
}
