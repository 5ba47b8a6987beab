using System.Globalization;

namespace VibeDash.Client.Ui;

/// <summary>Writes how long ago something was, no finer than anyone needs: a page of a thousand ages must not flicker every second.</summary>
public static class Ages
{
    /// <summary>For example <c>now</c>, <c>20 s</c>, <c>3 min</c>, <c>5 h</c>, <c>2 d</c>, <c>3 y</c>. A time ahead of the clock is <c>now</c>.</summary>
    public static string Of(TimeSpan age) => age.TotalSeconds switch
    {
        < 10 => "now",
        < 60 => $"{Whole(Math.Floor(age.TotalSeconds / 10) * 10)} s",
        < 3600 => $"{Whole(age.TotalMinutes)} min",
        < 2 * 86_400 => $"{Whole(age.TotalHours)} h",
        < 730 * 86_400L => $"{Whole(age.TotalDays)} d",
        _ => $"{Whole(age.TotalDays / 365.25)} y",
    };

    /// <summary>The same as part of a sentence: <c>just now</c>, <c>3 min ago</c>.</summary>
    public static string Ago(TimeSpan age) => Of(age) is var text && text == "now" ? "just now" : $"{text} ago";

    private static string Whole(double number) => Math.Floor(number).ToString("0", CultureInfo.InvariantCulture);
}
