using System.Globalization;

namespace VibeDash.Client.Ui;

/// <summary>Writes lengths of time.</summary>
public static class DurationText
{
    private static readonly (string Name, long Milliseconds)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1)];

    /// <summary>A length in one unit, for example <c>90 min</c>, <c>24 h</c>, <c>7 d</c>; with one decimal where no unit fits, for example <c>2.5 h</c>.</summary>
    public static string Of(TimeSpan length)
    {
        var milliseconds = (long)length.TotalMilliseconds;
        var units = milliseconds < 2 * Units[0].Milliseconds ? Units[1..] : Units;
        var exact = units.First(unit => milliseconds % unit.Milliseconds == 0);
        var number = milliseconds / exact.Milliseconds;
        if (number < 120 || exact == Units[0])
            return string.Create(CultureInfo.InvariantCulture, $"{number} {exact.Name}");
        var largest = units.First(unit => milliseconds >= unit.Milliseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds / largest.Milliseconds:0.#} {largest.Name}");
    }

    /// <summary>A length in full, for example <c>1 h 30 min</c>.</summary>
    public static string Exact(TimeSpan length)
    {
        if (length < TimeSpan.FromMinutes(1))
            return string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.#########} s");
        (int Count, string Unit)[] parts = [((int)length.TotalDays, "d"), (length.Hours, "h"), (length.Minutes, "min"), (length.Seconds, "s")];
        return string.Join(' ', parts.Where(part => part.Count > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Unit}")));
    }

    /// <summary>
    /// An age, rounded down so coarsely that a page of a thousand ages does not flicker: <c>now</c>, <c>20 s</c>, <c>3 min</c>, <c>5 h</c>, <c>2 d</c>,
    /// <c>3 y</c>. A time in the future is <c>now</c>.
    /// </summary>
    public static string Age(TimeSpan age) => age.TotalSeconds switch
    {
        < 10 => "now",
        < 60 => $"{Whole(Math.Floor(age.TotalSeconds / 10) * 10)} s",
        < 3600 => $"{Whole(age.TotalMinutes)} min",
        < 2 * 86_400 => $"{Whole(age.TotalHours)} h",
        < 730 * 86_400L => $"{Whole(age.TotalDays)} d",
        _ => $"{Whole(age.TotalDays / 365.25)} y",
    };

    /// <summary>An age in a sentence: <c>just now</c>, <c>3 min ago</c>.</summary>
    public static string Ago(TimeSpan age) => Age(age) is var text && text == "now" ? "just now" : $"{text} ago";

    private static string Whole(double number) => Math.Floor(number).ToString("0", CultureInfo.InvariantCulture);
}
