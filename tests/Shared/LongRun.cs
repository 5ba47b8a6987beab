namespace VibeDash.Tests.Shared;

/// <summary>
/// Random and repeated tests evaluate the same in each run, and more often in a long one: <c>tests/run.sh long</c>, or <see cref="Variable"/> set to 1.
/// </summary>
internal static class LongRun
{
    /// <summary>Names the environment variable.</summary>
    public const string Variable = "VIBEDASH_LONG";

    private static readonly bool IsOn = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>How often, or how many.</summary>
    public static int Count(int normal, int inLongRun) => IsOn ? inLongRun : normal;
}
