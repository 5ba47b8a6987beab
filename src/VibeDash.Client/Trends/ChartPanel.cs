namespace VibeDash.Client.Trends;

/// <summary>One chart: a time axis, an axis of levels for each unit, and what is drawn over them.</summary>
/// <param name="Series">The sensors.</param>
/// <param name="Thresholds">Thresholds of the alert rules of the first of them.</param>
/// <param name="Spans">When alerts were open.</param>
/// <param name="Notes">Notes.</param>
public sealed record ChartPanel(ChartSeries[] Series, ChartThreshold[] Thresholds, ChartSpan[] Spans, ChartNote[] Notes);
