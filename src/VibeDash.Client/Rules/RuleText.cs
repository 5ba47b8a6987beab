using System.Globalization;
using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Rules;

/// <summary>Texts about alert rules.</summary>
public static class RuleText
{
    /// <summary>The kinds of condition in the order of the form, with name and explanation.</summary>
    public static IReadOnlyList<(ConditionKind Kind, string Name, string Hint)> Kinds { get; } =
    [
        (ConditionKind.LevelAbove, "Level above a threshold", "A level in a unit. Evaluated for sensors whose unit can be converted."),
        (ConditionKind.LevelBelow, "Level below a threshold", "A level in a unit, for a machine that should be running."),
        (ConditionKind.BaselineMultiple, "Level above a multiple of the baseline", "Not evaluated while the sensor has no baseline."),
        (ConditionKind.DifferenceAbove, "Level above the baseline by more than", "A level in a unit. Not evaluated while the sensor has no baseline."),
        (ConditionKind.Change, "Change within a window", "The current level against the lowest and highest of the window before it."),
        (ConditionKind.NoData, "No data", "The sensor has been silent for a fixed time, or for a multiple of its cadence: the median interval of its latest readings (at least 1 min)."),
        (ConditionKind.Stuck, "Stuck at the same level", "The same level, or zero, repeats: the sensor is broken or loose. All of the readings in the row are compared, so a slow drift is not stuck."),
        (ConditionKind.CalibrationAge, "Calibration is old", "Not evaluated for a sensor that does not send its calibration date."),
        (ConditionKind.BaselineChange, "Baseline changed by the sender", "The baseline in a reading differs from the one the sensor sent before."),
        (ConditionKind.ClockOff, "Clock off by more than", "The sensor’s clock, or that of one of its senders, is ahead of the server’s, or more than a minute behind it: its readings are late by the same time again and again."),
    ];

    /// <summary>True for values that fluctuate, so that an on-delay and a recovery threshold are useful.</summary>
    public static bool HasTiming(ConditionKind kind) =>
        kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow or ConditionKind.DifferenceAbove or ConditionKind.BaselineMultiple or ConditionKind.Change;

    /// <summary>The sensors of a scope, for example <c>location “Line B”</c>.</summary>
    public static string Scope(AlertScope scope) => scope.Kind switch
    {
        ScopeKind.All => "all sensors",
        ScopeKind.Location => $"location “{scope.Value}”",
        ScopeKind.Machine => $"machine “{scope.Value}”",
        ScopeKind.Model => $"model “{scope.Value}”",
        ScopeKind.Label => $"label “{scope.Value}”",
        _ => $"sensor {scope.Value}",
    };

    /// <summary>The condition with its severities, for example <c>above 2 × baseline for 3 readings: Warning; above 3 ×: Critical</c>.</summary>
    public static string Condition(AlertRule rule) =>
        string.Join("; ", rule.Tiers.Select((tier, i) => $"{Beyond(rule.Condition, tier.Threshold, i == 0)}{Hold(tier.OnDelay)}{AtOnce(rule.Condition, tier)}: {tier.Severity}"));

    /// <summary>When the condition ends, for example <c>recovers at 1.8 ×, 2.7 × for 2 readings</c>; null when it ends with the next reading.</summary>
    public static string? Recovery(AlertRule rule) => HasTiming(rule.Kind)
        ? $"recovers at {string.Join(", ", rule.Tiers.Select(tier => Amount(rule.Condition, tier.Recovery)))}{Hold(rule.OffDelay)}"
        : rule.OffDelay == AlertDelay.AtOnce ? null : $"recovers{Hold(rule.OffDelay)}";

    /// <summary>When the rule is evaluated.</summary>
    public static string Gate(RunGate? gate) => gate switch
    {
        null => "always",
        { UsesMachineState: true } => "while the machine’s state topic reports that it runs",
        _ => $"while the level is above {Number(gate.RunLevel ?? double.NaN)} {gate.Unit}",
    };

    /// <summary>A number as entered.</summary>
    public static string Number(double number) => number.ToString("0.#########", CultureInfo.InvariantCulture);

    /// <summary>Unit of a condition's thresholds.</summary>
    public static string Unit(AlertCondition condition) => condition switch
    {
        { HasUnit: true } => condition.Unit ?? "",
        { Kind: ConditionKind.BaselineMultiple } => "×",
        { Kind: ConditionKind.NoData, IsRelative: true } => "× cadence",
        { Kind: ConditionKind.NoData } => "min",
        { Kind: ConditionKind.Stuck } => "readings",
        { Kind: ConditionKind.CalibrationAge } => "months",
        { Kind: ConditionKind.ClockOff } => "s",
        _ => "%",
    };

    private static string Beyond(AlertCondition condition, double threshold, bool first)
    {
        var amount = Amount(condition, threshold);
        var at = condition.IsInclusive ? "at or " : "";
        return condition.Kind switch
        {
            ConditionKind.LevelAbove => $"{at}above {amount}",
            ConditionKind.LevelBelow => $"{at}below {amount}",
            ConditionKind.BaselineMultiple => $"{at}above {amount}{(first ? " baseline" : "")}",
            ConditionKind.DifferenceAbove => $"{(condition.IsInclusive ? "at least" : "more than")} {amount}{(first ? " above the baseline" : "")}",
            ConditionKind.Change => first ? $"{Verb(condition.Direction)} by more than {amount} within {DurationText.Exact(condition.Window ?? TimeSpan.Zero)}" : $"by more than {amount}",
            ConditionKind.NoData => $"{(first ? "no data for " : "")}more than {amount}",
            ConditionKind.Stuck => $"{(first ? $"the same level, {Tolerance(condition)}, " : "")}more than {Number(threshold)} times in a row",
            ConditionKind.CalibrationAge => $"{(first ? "calibrated " : "")}more than {amount} ago",
            ConditionKind.ClockOff => $"{(first ? "clock off by " : "")}more than {amount}",
            _ => $"{(first ? "baseline sent changes " : "")}by more than {amount}",
        };
    }

    private static string Tolerance(AlertCondition condition) => condition.Tolerance is { } tolerance
        ? $"within {Number(tolerance)} {(condition.IsRelative ? "%" : condition.Unit)}"
        : "within its last digit";

    private static string AtOnce(AlertCondition condition, AlertTier tier) => tier.AtOnce is { } threshold
        ? $" (at once {(condition.IsFalling ? "below" : "above")} {Amount(condition, threshold)}, or when the sensor’s message calls it critical)"
        : "";

    private static string Amount(AlertCondition condition, double number) => condition.Kind == ConditionKind.NoData && !condition.IsRelative
        ? double.IsFinite(number) && Math.Abs(number) < TimeSpan.MaxValue.TotalSeconds ? DurationText.Exact(TimeSpan.FromSeconds(number)) : $"{Number(number)} s"
        : $"{Number(number)} {Unit(condition)}";

    private static string Verb(ChangeDirection direction) => direction switch
    {
        ChangeDirection.Up => "rises",
        ChangeDirection.Down => "falls",
        _ => "changes",
    };

    private static string Hold(AlertDelay hold) => (hold.Readings > 1, hold.Time > TimeSpan.Zero) switch
    {
        (true, true) => $" for {hold.Readings} readings and {DurationText.Exact(hold.Time)}",
        (true, false) => $" for {hold.Readings} readings",
        (false, true) => $" for {DurationText.Exact(hold.Time)}",
        _ => "",
    };
}
