using System.Globalization;

namespace VibeDash.Client.Trends;

/// <summary>Writes and reads lengths of time as they stand in addresses and in what people type: <c>15m</c>, <c>1h</c>, <c>7d</c>.</summary>
public static class TrendDuration
{
    private static readonly (string Key, string Word, long Milliseconds)[] Units =
    [
        ("w", "weeks", 604_800_000), ("d", "d", 86_400_000), ("h", "h", 3_600_000), ("m", "min", 60_000), ("s", "s", 1000), ("ms", "ms", 1),
    ];

    /// <summary>As it stands in an address: whole, in the largest unit that divides it, but not in weeks.</summary>
    public static string Key(TimeSpan length)
    {
        var (number, unit) = Whole(length);
        return string.Create(CultureInfo.InvariantCulture, $"{number}{unit.Key}");
    }

    /// <summary>As people read it, for example <c>1 h</c>, <c>90 min</c>, <c>2.4 h</c>.</summary>
    public static string Words(TimeSpan length)
    {
        var (number, unit) = Whole(length);
        if (number < 1000 && (number < 120 || unit.Key == "d"))
            return string.Create(CultureInfo.InvariantCulture, $"{number} {unit.Word}");
        var about = Units.Skip(1).FirstOrDefault(candidate => length.TotalMilliseconds >= candidate.Milliseconds, Units[^1]);
        return string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds / about.Milliseconds:0.#} {about.Word}");
    }

    /// <summary>Reads what <see cref="Key"/> writes, also in weeks and with a space or decimals; null when it is no such length, or not positive.</summary>
    public static TimeSpan? Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        var digits = trimmed.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = Array.FindIndex(Units, candidate => candidate.Key == trimmed[digits..].Trim() || candidate.Word == trimmed[digits..].Trim());
        if (unit < 0 || !double.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var milliseconds = number * Units[unit].Milliseconds;
        return milliseconds is >= 1 and < 3e12 ? TimeSpan.FromMilliseconds(Math.Round(milliseconds)) : null;
    }

    private static (long Number, (string Key, string Word, long Milliseconds) Unit) Whole(TimeSpan length)
    {
        var milliseconds = (long)length.TotalMilliseconds;
        var unit = Units.Skip(1).First(candidate => milliseconds % candidate.Milliseconds == 0);
        return (milliseconds / unit.Milliseconds, unit);
    }
}
