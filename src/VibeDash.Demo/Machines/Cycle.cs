namespace VibeDash.Demo.Machines;

/// <summary>Behaviour that repeats.</summary>
internal static class Cycle
{
    /// <summary>Time since the current repetition began.</summary>
    public static TimeSpan At(TimeSpan elapsed, TimeSpan period) => new(elapsed.Ticks % period.Ticks);
}
