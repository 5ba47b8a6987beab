namespace VibeDash.Core.Alerts;

/// <summary>Limit from which an alert counts as chattering.</summary>
/// <param name="Cycles">Minimum number of raises, 2 to <see cref="MaximumCycles"/>.</param>
/// <param name="Within">Period in which they are counted, in event time.</param>
public sealed record ChatteringLimit(int Cycles, TimeSpan Within)
{
    /// <summary>Maximum number of cycles.</summary>
    public const int MaximumCycles = 10;

    /// <summary>Three cycles in a minute, as in ISA-18.2-2016.</summary>
    public static ChatteringLimit Usual { get; } = new(3, TimeSpan.FromMinutes(1));
}
