namespace VibeDash.Client.Trends;

/// <summary>A time on a trend chart in which readings were not good.</summary>
/// <param name="From">Start, in milliseconds since the Unix epoch.</param>
/// <param name="To">End.</param>
/// <param name="Text">The word of their quality, after the sensor id if the chart shows several sensors.</param>
public sealed record ChartGap(long From, long To, string Text);
