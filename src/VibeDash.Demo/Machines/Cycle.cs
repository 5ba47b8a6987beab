namespace VibeDash.Demo.Machines;

/// <summary>Stories that repeat.</summary>
internal static class Cycle
{
    /// <summary>How far <paramref name="elapsed"/> is into the current repetition.</summary>
    public static TimeSpan At(TimeSpan elapsed, TimeSpan period) => new(elapsed.Ticks % period.Ticks);
}
