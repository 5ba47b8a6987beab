using System.Globalization;

namespace VibeDash.Client.Trends;

/// <summary>Writes and reads lengths of time in addresses and input fields: <c>15m</c>, <c>1h</c>, <c>7d</c>.</summary>
public static class TrendDuration
{
    private static readonly (string Key, string Name, long Milliseconds)[] Units =
    [
        ("w", "weeks", 604_800_000), ("d", "d", 86_400_000), ("h", "h", 3_600_000), ("m", "min", 60_000), ("s", "s", 1000), ("ms", "ms", 1),
    ];

    /// <summary>A whole number of the largest unit that divides the length, weeks excepted.</summary>
    public static string Key(TimeSpan length)
    {
        var milliseconds = (long)length.TotalMilliseconds;
        var (key, _, unit) = Units.Skip(1).First(candidate => milliseconds % candidate.Milliseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / unit}{key}");
    }

    /// <summary>
    /// Reads a number, which may have decimals, and a unit. Null when it is not a positive length. Reads everything <see cref="Key"/> writes.
    /// </summary>
    public static TimeSpan? Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        var digits = trimmed.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = Array.FindIndex(Units, candidate => candidate.Key == trimmed[digits..].Trim() || candidate.Name == trimmed[digits..].Trim());
        if (unit < 0 || !double.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var milliseconds = number * Units[unit].Milliseconds;
        return milliseconds is >= 1 and < 3e12 ? TimeSpan.FromMilliseconds(Math.Round(milliseconds)) : null;
    }
}
