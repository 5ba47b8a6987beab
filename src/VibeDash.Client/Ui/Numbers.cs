using System.Globalization;

namespace VibeDash.Client.Ui;

/// <summary>Writes numbers like an instrument's display: about three digits, a decimal point, no grouping.</summary>
public static class Numbers
{
    /// <summary>A level without its unit.</summary>
    public static string Level(double level) => Math.Abs(level) < 0.005
        ? "0.00"
        : level.ToString(Math.Abs(level) switch { < 10 => "0.00", < 100 => "0.0", < 1_000_000 => "0", _ => "0.00e0" }, CultureInfo.InvariantCulture);

    /// <summary>A level with its unit.</summary>
    public static string Level(double level, string unit) => $"{Level(level)} {unit}";

    /// <summary>A multiple of the baseline, for example <c>3.1×</c>; a dash when the baseline is unknown, or next to nothing.</summary>
    public static string Ratio(double level, double baseline) =>
        baseline > 0 && level / baseline is var ratio && double.IsFinite(ratio)
            ? ratio.ToString(Math.Abs(ratio) switch { < 100 => "0.0", < 1_000_000 => "0", _ => "0.00e0" }, CultureInfo.InvariantCulture) + "×"
            : "–";

    /// <summary>A length in bytes, for example <c>490 B</c>, <c>12 KiB</c>, <c>3.4 GiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.#} GiB"),
    };

    /// <summary>A whole number.</summary>
    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);
}
