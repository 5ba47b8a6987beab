namespace VibeDash.Client.Trends;

/// <summary>One chart: a time axis, a level axis for each unit, and the overlays.</summary>
/// <param name="Series">The sensors.</param>
/// <param name="Thresholds">Baseline of the first sensor, and thresholds of its alert rules, each over the time in which it was in force.</param>
/// <param name="Spans">Times of open alerts.</param>
/// <param name="Notes">Notes.</param>
/// <param name="Cuts">Stretches without levels, for their unit.</param>
/// <param name="NotGood">Times in which readings were not good.</param>
public sealed record ChartPanel(ChartSeries[] Series, ChartThreshold[] Thresholds, ChartSpan[] Spans, ChartNote[] Notes, ChartCut[] Cuts, ChartGap[] NotGood);
