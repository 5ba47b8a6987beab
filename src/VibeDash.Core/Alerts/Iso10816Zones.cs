namespace VibeDash.Core.Alerts;

/// <summary>
/// The zone boundaries of ISO 10816-3:2009 (tables A.1 and A.2) for vibration velocity, mm/s RMS, of industrial machines above 15 kW measured in
/// place: A as newly commissioned, B fit for long-term operation, C not fit for that, D harmful. A level on a boundary is in the worse zone.
/// Immutable.
/// </summary>
/// <param name="Group">1: large machines, above 300 kW, or electrical ones of a shaft height of 315 mm or more. 2: medium-sized, 15 kW to 300 kW, or 160 mm to 315 mm.</param>
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
    /// A rule of these zones: zone B is an Advisory, C a Warning, D Critical. As the standard evaluates a steady state, zones B and C have to last for
    /// three readings.
    /// </summary>
    /// <param name="scope">Which sensors it is for. It is evaluated only for those that send a velocity.</param>
    public AlertRule Rule(AlertScope scope) => new(
        $"ISO 10816-3 group {Group}, {(IsFlexible ? "flexible" : "rigid")} support",
        scope,
        new(ConditionKind.LevelAbove) { Unit = Unit, IsInclusive = true },
        [Tier(Severity.Advisory, FromB, 3), Tier(Severity.Warning, FromC, 3), Tier(Severity.Critical, FromD, 1)]);

    private static AlertTier Tier(Severity severity, double boundary, int readings) => new(severity, boundary, AlertTier.UsualRecovery(boundary), new(readings));
}
