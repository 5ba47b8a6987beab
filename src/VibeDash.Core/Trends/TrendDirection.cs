namespace VibeDash.Core.Trends;

/// <summary>Direction of a level.</summary>
public enum TrendDirection
{
    /// <summary>Too little history, or no clear movement.</summary>
    Steady,

    /// <summary>The level is rising.</summary>
    Rising,

    /// <summary>The level is falling.</summary>
    Falling,
}
