namespace VibeDash.Client.Trends;

/// <summary>A threshold, or the baseline, on a trend chart.</summary>
/// <param name="Level">The level above which the rule's condition holds, or the baseline.</param>
/// <param name="Severity">Severity of the rule, in lower case; or <see cref="Baseline"/>.</param>
/// <param name="Unit">Unit of the level.</param>
/// <param name="From">Start of the time in which it is drawn, in milliseconds since the Unix epoch.</param>
/// <param name="To">End of that time.</param>
public sealed record ChartThreshold(double Level, string Severity, string Unit, long From, long To)
{
    /// <summary>Word for a baseline.</summary>
    public const string Baseline = "baseline";
}
