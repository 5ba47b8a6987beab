using System.Globalization;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Rules;

/// <summary>A template of a rule.</summary>
/// <param name="Key">Identifies it in an address.</param>
/// <param name="Rule">The rule, not stored.</param>
/// <param name="Only">The only quantity it applies to; null for all.</param>
public sealed record RuleTemplate(string Key, AlertRule Rule, QuantityKind? Only = null)
{
    private static readonly RunGate WhileItRuns = new(null, null, UsesMachineState: true);

    /// <summary>The rules of a new installation.</summary>
    public static IReadOnlyList<RuleTemplate> Defaults { get; } =
        [.. AlertRule.Defaults.Select(rule => new RuleTemplate($"default-{rule.Id.ToString(CultureInfo.InvariantCulture)}", rule with { Id = 0, Version = 0 }))];

    /// <summary>
    /// Faults of a sensor and its mounting, while the machine runs: at standstill they are as usual. A threshold that depends on the sensor is not a
    /// number: it must be entered.
    /// </summary>
    public static IReadOnlyList<RuleTemplate> Running { get; } =
    [
        new("dead-sensor", WhileRunning("Dead sensor", new(ConditionKind.LevelBelow), new(Severity.Warning, double.NaN, double.NaN, new(3)))),
        new("level-fell", WhileRunning(
            "Level fell",
            new(ConditionKind.Change) { Direction = ChangeDirection.Down, IsRelative = true, Window = TimeSpan.FromHours(6) },
            new(Severity.Warning, 50, 25, new(3)))),
        new("stuck", WhileRunning("Stuck while it runs", new(ConditionKind.Stuck), new(Severity.Warning, 20, 1, AlertDelay.AtOnce))),
    ];

    /// <summary>The zones of ISO 10816-3.</summary>
    public static IReadOnlyList<RuleTemplate> Zones { get; } =
    [
        .. Iso10816Zones.All.Select(zones => new RuleTemplate(
            string.Create(CultureInfo.InvariantCulture, $"iso10816-{zones.Group}-{(zones.IsFlexible ? "flexible" : "rigid")}"), zones.Rule(AlertScope.All), QuantityKind.Velocity)),
    ];

    /// <summary>The template with this key, or null.</summary>
    public static RuleTemplate? Find(string? key) => Defaults.Concat(Running).Concat(Zones).FirstOrDefault(template => template.Key == key);

    /// <summary>True when the sensor's unit is of the quantity; always true for no quantity.</summary>
    public static bool Suits(QuantityKind? only, SensorView sensor) => only is null || (VibrationUnit.TryParse(sensor.Unit, out var unit) && unit.Quantity == only);

    private static AlertRule WhileRunning(string name, AlertCondition condition, AlertTier tier) => new(name, AlertScope.All, condition, [tier]) { Gate = WhileItRuns };
}
