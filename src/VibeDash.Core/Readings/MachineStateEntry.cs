namespace VibeDash.Core.Readings;

/// <summary>Start of a time in which a machine runs or stands still.</summary>
/// <param name="At">Start, inclusive.</param>
/// <param name="Runs">True when it runs.</param>
public readonly record struct MachineStateEntry(DateTimeOffset At, bool Runs);
