namespace VibeDash.Client.Trends;

/// <summary>How far back a <see cref="TrendGhost"/> lies, and how it is called.</summary>
public static class TrendGhosts
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TrendGhost> All { get; } = [TrendGhost.None, TrendGhost.Day, TrendGhost.Week, TrendGhost.Month];

    /// <summary>How much earlier it lies than a stretch that ends at <paramref name="to"/>; zero for none.</summary>
    public static TimeSpan Shift(this TrendGhost ghost, DateTimeOffset to) => ghost switch
    {
        TrendGhost.Day => TimeSpan.FromDays(1),
        TrendGhost.Week => TimeSpan.FromDays(7),
        TrendGhost.Month => to - to.AddMonths(-1),
        _ => TimeSpan.Zero,
    };

    /// <summary>As it stands in the address.</summary>
    public static string Key(this TrendGhost ghost) => ghost.ToString().ToLowerInvariant();

    /// <summary>In words.</summary>
    public static string Words(this TrendGhost ghost) => ghost switch
    {
        TrendGhost.Day => "A day earlier",
        TrendGhost.Week => "A week earlier",
        TrendGhost.Month => "A month earlier",
        _ => "Nothing earlier",
    };

    /// <summary>The one of that key; none when there is none.</summary>
    public static TrendGhost Of(string? key) => All.FirstOrDefault(ghost => ghost.Key() == key);
}
