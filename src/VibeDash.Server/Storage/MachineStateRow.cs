namespace VibeDash.Server.Storage;

/// <summary>From a time on a machine runs, or stands still.</summary>
internal sealed class MachineStateRow
{
    /// <summary>The machine by its whole location, or the sensor id.</summary>
    public required string Name { get; set; }

    /// <summary>True when it is of one sensor alone.</summary>
    public bool IsSensor { get; set; }

    public DateTimeOffset At { get; set; }

    public bool Runs { get; set; }
}
