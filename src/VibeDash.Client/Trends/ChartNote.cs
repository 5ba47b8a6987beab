namespace VibeDash.Client.Trends;

/// <summary>A note on a trend chart.</summary>
/// <param name="From">The instant, or the start of the span, in milliseconds since the Unix epoch.</param>
/// <param name="To">End of the span; null when it is an instant.</param>
/// <param name="Text">Its text, with the sensor before it where there are several.</param>
/// <param name="Maintenance">True when it says that maintenance was done.</param>
public sealed record ChartNote(long From, long? To, string Text, bool Maintenance);
