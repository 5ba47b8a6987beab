namespace VibeDash.Core.Trends;

/// <summary>A stretch of a history without buckets, because the sensor then sent a unit that cannot be converted to that of the history.</summary>
/// <param name="From">Start, inclusive.</param>
/// <param name="To">End, exclusive; or the end of the history.</param>
/// <param name="Unit">The unit then, as sent.</param>
public sealed record UnitCut(DateTimeOffset From, DateTimeOffset To, string Unit);
