namespace VibeDash.Client.Trends;

/// <summary>One sensor on a trend chart.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="Tone">Number of its colour, from 1.</param>
/// <param name="Unit">Unit of its levels.</param>
/// <param name="Baseline">Its baseline at the end of the range; 0 when unknown.</param>
/// <param name="Points">Its levels.</param>
/// <param name="Earlier">Its levels in the earlier period, moved to this one; null for none.</param>
public sealed record ChartSeries(string SensorId, int Tone, string Unit, double Baseline, ChartPoints Points, ChartPoints? Earlier);
