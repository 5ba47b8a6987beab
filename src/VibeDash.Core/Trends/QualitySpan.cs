using VibeDash.Core.Readings;

namespace VibeDash.Core.Trends;

/// <summary>A time in which readings were not good, to the minute. There may be good readings between them.</summary>
/// <param name="From">Start, in milliseconds since the Unix epoch.</param>
/// <param name="To">End, exclusive.</param>
/// <param name="Quality">Their quality; of several, the highest number.</param>
public readonly record struct QualitySpan(long From, long To, ReadingQuality Quality);
