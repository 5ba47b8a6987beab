namespace VibeDash.Core.Trends;

/// <summary>Resolution of rollups; the value is the width of a bucket in seconds.</summary>
public enum RollupTier
{
    /// <summary>By the minute.</summary>
    Minute = 60,

    /// <summary>By the hour.</summary>
    Hour = 3600,

    /// <summary>By the day, UTC.</summary>
    Day = 86_400,
}
