using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Tests.Rules;

/// <summary>Rules to test with.</summary>
internal static class Rules
{
    public static readonly AlertRule Baseline = AlertRule.Defaults[0] with { Version = 4 };

    public static readonly AlertRule Zones = Iso10816Zones.All[0].Rule(new(ScopeKind.Location, "Line B")) with { Id = 7, Version = 1 };

    public static RuleVersion Current(this AlertRule rule, string? by = "Ada") => new(rule, Some.Time, by, IsCurrent: true);

    public static SensorSnapshot In(this SensorSnapshot sensor, string unit, params string[] labels) => sensor with { Unit = unit, Labels = labels };
}
