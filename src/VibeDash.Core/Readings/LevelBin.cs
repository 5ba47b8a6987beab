namespace VibeDash.Core.Readings;

/// <summary>A bin of a histogram of levels.</summary>
/// <param name="From">Lower edge, inclusive.</param>
/// <param name="To">Upper edge, exclusive.</param>
/// <param name="Count">Number of levels.</param>
public readonly record struct LevelBin(double From, double To, int Count);
