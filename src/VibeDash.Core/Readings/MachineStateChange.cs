namespace VibeDash.Core.Readings;

/// <summary>Report that a machine runs or stands still, valid from its time until the next report.</summary>
/// <param name="Machine">Full location of the machine, or null for a single sensor.</param>
/// <param name="SensorId">The sensor, or null for a machine with all its sensors.</param>
/// <param name="Runs">True when it runs.</param>
/// <param name="At">Timestamp of the report, or else its arrival time.</param>
public sealed record MachineStateChange(string? Machine, string? SensorId, bool Runs, DateTimeOffset At);
