namespace VibeDash.Client.Trends;

/// <summary>A predefined length of a trend.</summary>
/// <param name="Key">The length in an address, for example <c>1h</c>.</param>
/// <param name="Label">The length on the page, for example <c>1 h</c>.</param>
/// <param name="Length">The length.</param>
public sealed record TrendRange(string Key, string Label, TimeSpan Length)
{
    /// <summary>The ranges, shortest first.</summary>
    public static IReadOnlyList<TrendRange> All { get; } =
    [
        new("15m", "15 min", TimeSpan.FromMinutes(15)),
        new("1h", "1 h", TimeSpan.FromHours(1)),
        new("24h", "24 h", TimeSpan.FromHours(24)),
        new("7d", "7 d", TimeSpan.FromDays(7)),
        new("30d", "30 d", TimeSpan.FromDays(30)),
        new("365d", "1 y", TimeSpan.FromDays(365)),
    ];

    /// <summary>The range of an address without one.</summary>
    public static TrendRange Default => All[1];
}
