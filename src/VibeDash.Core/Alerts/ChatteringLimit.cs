namespace VibeDash.Core.Alerts;

/// <summary>From when on an alert that comes and goes is chattering.</summary>
/// <param name="Cycles">How often it is raised at least, 2 to <see cref="MaximumCycles"/>.</param>
/// <param name="Within">The time in which they are counted, in event time.</param>
public sealed record ChatteringLimit(int Cycles, TimeSpan Within)
{
    /// <summary>Most cycles that are counted.</summary>
    public const int MaximumCycles = 10;

    /// <summary>Three cycles in a minute, which ISA-18.2-2016 names.</summary>
    public static ChatteringLimit Usual { get; } = new(3, TimeSpan.FromMinutes(1));
}
