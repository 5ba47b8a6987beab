namespace VibeDash.Client.Trends;

/// <summary>The same stretch of an earlier time, drawn behind a trend to compare with.</summary>
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
