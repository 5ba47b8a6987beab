namespace VibeDash.Core.Trends;

/// <summary>Coalesced readings of one sensor since the last tick.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="Sequence">Readings of this sensor shown live since the server started, this tick's included; a client that has seen
/// less than <paramref name="Sequence"/> − <paramref name="Count"/> has missed some.</param>
/// <param name="Count">Readings in this tick, at least 1.</param>
/// <param name="Timestamp">Event time of the latest reading.</param>
/// <param name="Level">Level of the latest reading.</param>
/// <param name="Min">Lowest level of the readings in this tick.</param>
/// <param name="Max">Highest level of the readings in this tick.</param>
/// <param name="Mean">Mean level of the readings in this tick.</param>
/// <param name="Baseline">Baseline of the latest reading.</param>
public readonly record struct SensorTick(
    string SensorId, long Sequence, int Count, DateTimeOffset Timestamp, double Level, double Min, double Max, double Mean, double Baseline)
{
    /// <summary>Merges this tick with the previous one.</summary>
    /// <param name="earlier">The previous tick of the same sensor.</param>
    public SensorTick After(SensorTick earlier) => this with
    {
        Count = earlier.Count + Count,
        Min = Math.Min(earlier.Min, Min),
        Max = Math.Max(earlier.Max, Max),
        Mean = ((earlier.Mean * earlier.Count) + (Mean * Count)) / (earlier.Count + Count),
    };
}
