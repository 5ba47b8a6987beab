namespace VibeDash.Client.Ui;

/// <summary>Writes how far the clock of a sensor is off.</summary>
public static class ClockText
{
    /// <summary>For example <c>4 min 3 s ahead</c>, <c>1 h behind</c>.</summary>
    /// <param name="seconds">Seconds ahead of the server's clock; negative behind it.</param>
    public static string Offset(double seconds) => $"{DurationText.Exact(TimeSpan.FromSeconds(Math.Abs(seconds)))} {(seconds > 0 ? "ahead" : "behind")}";
}
