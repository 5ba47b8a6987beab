namespace VibeDash.Client.Trends;

/// <summary>Shift and names of a <see cref="TrendGhost"/>.</summary>
public static class TrendGhosts
{
    /// <summary>All values, in display order.</summary>
    public static IReadOnlyList<TrendGhost> All { get; } = [TrendGhost.None, TrendGhost.Day, TrendGhost.Week, TrendGhost.Month];

    /// <summary>Time between the earlier period and a period that ends at <paramref name="to"/>; zero for none.</summary>
    public static TimeSpan Shift(this TrendGhost ghost, DateTimeOffset to) => ghost switch
    {
        TrendGhost.Day => TimeSpan.FromDays(1),
        TrendGhost.Week => TimeSpan.FromDays(7),
        TrendGhost.Month => to - to.AddMonths(-1),
        _ => TimeSpan.Zero,
    };

    /// <summary>The value in an address.</summary>
    public static string AddressKey(this TrendGhost ghost) => ghost.ToString().ToLowerInvariant();

    /// <summary>The name on the page.</summary>
    public static string DisplayName(this TrendGhost ghost) => ghost switch
    {
        TrendGhost.Day => "A day earlier",
        TrendGhost.Week => "A week earlier",
        TrendGhost.Month => "A month earlier",
        _ => "Nothing earlier",
    };

    /// <summary>The value with this key; <see cref="TrendGhost.None"/> for an unknown key.</summary>
    public static TrendGhost Of(string? key) => All.FirstOrDefault(ghost => ghost.AddressKey() == key);
}
