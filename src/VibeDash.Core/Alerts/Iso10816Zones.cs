namespace VibeDash.Core.Alerts;

/// <summary>
/// Zone boundaries of ISO 10816-3:2009 (tables A.1 and A.2) for vibration velocity, mm/s RMS, of industrial machines above 15 kW measured in situ:
/// A newly commissioned, B acceptable for long-term operation, C not acceptable for it, D harmful. A level on a boundary is in the worse zone.
/// Immutable.
/// </summary>
/// <param name="Group">1: large machines above 300 kW, or electrical machines with a shaft height of 315 mm or more. 2: medium-sized, 15 kW to 300 kW, or 160 mm to 315 mm.</param>
/// <param name="IsFlexible">True for a flexible support, false for a rigid one.</param>
/// <param name="FromB">Boundary of zones A and B.</param>
/// <param name="FromC">Boundary of zones B and C.</param>
/// <param name="FromD">Boundary of zones C and D.</param>
public sealed record Iso10816Zones(int Group, bool IsFlexible, double FromB, double FromC, double FromD)
{
    /// <summary>Unit of the boundaries.</summary>
    public const string Unit = "mm/s";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Iso10816Zones> All { get; } =
    [
        new(1, false, 2.3, 4.5, 7.1),
        new(1, true, 3.5, 7.1, 11.0),
        new(2, false, 1.4, 2.8, 4.5),
        new(2, true, 2.3, 4.5, 7.1),
    ];

    /// <summary>
    /// Creates a rule from these zones: Advisory in zone B, Warning in C, Critical in D. The standard evaluates a steady state, so zones B and C must
    /// last for three readings.
    /// </summary>
    /// <param name="scope">Sensors it applies to. It is evaluated only for sensors that send velocity.</param>
    public AlertRule Rule(AlertScope scope) => new(
        $"ISO 10816-3 group {Group}, {(IsFlexible ? "flexible" : "rigid")} support",
        scope,
        new(ConditionKind.LevelAbove) { Unit = Unit, IsInclusive = true },
        [Tier(Severity.Advisory, FromB, 3), Tier(Severity.Warning, FromC, 3), Tier(Severity.Critical, FromD, 1)]);

    private static AlertTier Tier(Severity severity, double boundary, int readings) => new(severity, boundary, AlertTier.UsualRecovery(boundary), new(readings));
}
