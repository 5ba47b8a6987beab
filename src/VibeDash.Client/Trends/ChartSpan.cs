namespace VibeDash.Client.Trends;

/// <summary>A time in which the condition of an alert held, cut to the chart's period.</summary>
/// <param name="From">Start, in milliseconds since the Unix epoch.</param>
/// <param name="To">End.</param>
/// <param name="Severity">Severity of the alert, in lower case.</param>
public sealed record ChartSpan(long From, long To, string Severity);
