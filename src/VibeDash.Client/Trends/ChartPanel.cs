namespace VibeDash.Client.Trends;

/// <summary>One chart: a time axis, a level axis for each unit, and the overlays.</summary>
/// <param name="Series">The sensors.</param>
/// <param name="Thresholds">Thresholds of the alert rules of the first sensor.</param>
/// <param name="Spans">Times of open alerts.</param>
/// <param name="Notes">Notes.</param>
public sealed record ChartPanel(ChartSeries[] Series, ChartThreshold[] Thresholds, ChartSpan[] Spans, ChartNote[] Notes)
{
    /// <summary>Times in which readings were not good.</summary>
    public ChartGap[] NotGood { get; init; } = [];
}
