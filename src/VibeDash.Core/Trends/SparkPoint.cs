namespace VibeDash.Core.Trends;

/// <summary>One point of a sparkline.</summary>
/// <param name="Time">Event time in milliseconds since the Unix epoch.</param>
/// <param name="Level">Level of the readings at this point that is farthest from 0.</param>
public readonly record struct SparkPoint(long Time, double Level);
