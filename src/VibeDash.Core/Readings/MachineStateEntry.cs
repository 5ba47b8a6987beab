namespace VibeDash.Core.Readings;

/// <summary>From a time on a machine runs, or stands still.</summary>
/// <param name="At">From when on, inclusive.</param>
/// <param name="Runs">True when it runs.</param>
public readonly record struct MachineStateEntry(DateTimeOffset At, bool Runs);
