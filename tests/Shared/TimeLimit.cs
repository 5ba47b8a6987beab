namespace VibeDash.Tests.Shared;

/// <summary>How long tests wait. No test has a bound of its own on the clock of the machine.</summary>
internal static class TimeLimit
{
    /// <summary>
    /// For what must happen. Generous, as it costs nothing when the signal comes: a machine that builds, or runs other tests beside, may be slow by any factor.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>For what must happen within seconds, where that is what is tested: as short as holds on a machine that is busy.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
}
