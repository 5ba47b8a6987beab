using VibeDash.Core.Alerts;

namespace VibeDash.Core.Trends;

/// <summary>A threshold over the levels of a history.</summary>
/// <param name="Severity">Severity beyond it.</param>
/// <param name="Level">The threshold in the unit of the history.</param>
public readonly record struct TrendThreshold(Severity Severity, double Level);
