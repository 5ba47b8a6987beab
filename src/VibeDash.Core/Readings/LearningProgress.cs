namespace VibeDash.Core.Readings;

/// <summary>How far the learning of a baseline is. Immutable.</summary>
/// <param name="Readings">Number of readings of the running machine so far.</param>
/// <param name="Hours">Running time so far, in hours.</param>
/// <param name="NotRunning">Number of readings that do not count, because the machine stood still or the level was zero.</param>
/// <param name="RunLevel">The level up to which readings count as standstill, in the sensor's unit; null when none is known.</param>
public sealed record LearningProgress(int Readings, double Hours, int NotRunning, double? RunLevel);
