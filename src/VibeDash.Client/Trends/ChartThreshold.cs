namespace VibeDash.Client.Trends;

/// <summary>A threshold on a trend chart.</summary>
/// <param name="Level">The level above which the rule's condition holds.</param>
/// <param name="Severity">Severity of the rule, in lower case.</param>
/// <param name="Unit">Unit of the level.</param>
public sealed record ChartThreshold(double Level, string Severity, string Unit);
