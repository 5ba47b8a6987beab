namespace VibeDash.Core.Readings;

/// <summary>Word that a machine runs or stands still. It holds from its time on until the next word.</summary>
/// <param name="Machine">The machine by its whole location, or null when the word is about one sensor.</param>
/// <param name="SensorId">The sensor, or null when the word is about a machine, with all its sensors.</param>
/// <param name="Runs">What is said.</param>
/// <param name="At">Since when: the word's own timestamp, or the time of its arrival.</param>
public sealed record MachineStateChange(string? Machine, string? SensorId, bool Runs, DateTimeOffset At);
