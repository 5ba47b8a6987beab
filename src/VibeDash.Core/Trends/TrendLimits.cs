namespace VibeDash.Core.Trends;

/// <summary>Baseline and thresholds of a sensor in a stretch of its history, as they were in force then.</summary>
/// <param name="From">Start, inclusive.</param>
/// <param name="To">End, exclusive; null while they are in force.</param>
/// <param name="Baseline">The baseline in the unit of the history; null when none was known, or it cannot be converted.</param>
/// <param name="Thresholds">The thresholds that levels were compared with, in the unit of the history; none when they are not on record.</param>
public sealed record TrendLimits(DateTimeOffset From, DateTimeOffset? To, double? Baseline, TrendThreshold[] Thresholds);
