namespace VibeDash.Client.Trends;

/// <summary>A stretch of a trend chart without levels, because they were sent in a unit that cannot be converted.</summary>
/// <param name="From">Start, in milliseconds since the Unix epoch.</param>
/// <param name="To">End.</param>
/// <param name="Text">Says so in a few words.</param>
public sealed record ChartCut(long From, long To, string Text);
