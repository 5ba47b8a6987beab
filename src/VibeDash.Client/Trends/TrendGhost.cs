namespace VibeDash.Client.Trends;

/// <summary>An earlier period, drawn behind a trend for comparison.</summary>
public enum TrendGhost
{
    /// <summary>None.</summary>
    None,

    /// <summary>A day earlier.</summary>
    Day,

    /// <summary>A week earlier.</summary>
    Week,

    /// <summary>A calendar month earlier.</summary>
    Month,
}
