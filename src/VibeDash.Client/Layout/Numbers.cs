using System.Globalization;

namespace VibeDash.Client.Layout;

/// <summary>Writes numbers as people read them off an instrument: about three digits, a point, no grouping.</summary>
public static class Numbers
{
    /// <summary>A level without its unit.</summary>
    public static string Level(double level) => level.ToString(
        Math.Abs(level) switch { < 10 => "0.00", < 100 => "0.0", < 1_000_000 => "0", _ => "0.00e0" }, CultureInfo.InvariantCulture);

    /// <summary>A level with its unit.</summary>
    public static string Level(double level, string unit) => $"{Level(level)} {unit}";

    /// <summary>A multiple of the baseline, for example <c>3.1×</c>; a dash when the baseline is unknown.</summary>
    public static string Ratio(double level, double baseline) =>
        baseline > 0 ? (level / baseline).ToString(level / baseline < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) + "×" : "–";

    /// <summary>A whole number.</summary>
    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);
}
