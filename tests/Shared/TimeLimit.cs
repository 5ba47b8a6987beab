namespace VibeDash.Tests.Shared;

/// <summary>How long tests wait. No test has a bound of its own on the clock of the machine.</summary>
internal static class TimeLimit
{
    /// <summary>
    /// For expected events. Generous, because it costs nothing when the signal arrives: a machine busy with builds or other tests may be slow by any factor.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>For events whose delay of seconds is under test: as short as a busy machine allows.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
}
