namespace VibeDash.Client.Trends;

/// <summary>A note on a trend chart.</summary>
/// <param name="From">The instant, or the start of the span, in milliseconds since the Unix epoch.</param>
/// <param name="To">End of the span; null when it is an instant.</param>
/// <param name="Text">Its text, after the sensor id if the chart shows several sensors.</param>
/// <param name="Maintenance">True for maintenance.</param>
public sealed record ChartNote(long From, long? To, string Text, bool Maintenance);
