using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>Valid rules of each kind.</summary>
internal static class Sample
{
    public static AlertDelay For(double seconds) => new(1, TimeSpan.FromSeconds(seconds));

    public static AlertRule Rule(AlertCondition condition, params AlertTier[] tiers) =>
        new($"{condition.Kind}", AlertScope.All, condition, tiers) { Id = 1 + (int)condition.Kind, Version = 1 };

    /// <summary>One severity without on-delay; recovers at 10 % less by default.</summary>
    public static AlertRule Warning(AlertCondition condition, double threshold, double? recovery = null, int hold = 1) =>
        Rule(condition, new AlertTier(Severity.Warning, threshold, recovery ?? (condition.IsFalling ? 1.1 : 0.9) * threshold, new(hold)));

    public static AlertRule Above(double threshold, double? recovery = null, int hold = 1, string unit = "m/s²") =>
        Warning(new(ConditionKind.LevelAbove) { Unit = unit }, threshold, recovery, hold);

    public static AlertRule Below(double threshold, double? recovery = null, string unit = "m/s²") =>
        Warning(new(ConditionKind.LevelBelow) { Unit = unit }, threshold, recovery);

    /// <summary>Warning above 2 (recovers at 1.5), Critical above 3 (recovers at 2.5) times the baseline.</summary>
    public static AlertRule Multiple(int warningHold = 1, int criticalHold = 1) => Rule(
        new(ConditionKind.BaselineMultiple),
        new(Severity.Warning, 2, 1.5, new(warningHold)),
        new(Severity.Critical, 3, 2.5, new(criticalHold)));

    /// <summary>A change of more than <paramref name="threshold"/> within 10 s.</summary>
    public static AlertRule Change(double threshold, ChangeDirection direction = ChangeDirection.Either, bool percent = false) =>
        Warning(new(ConditionKind.Change) { Unit = percent ? null : "m/s²", IsRelative = percent, Window = TimeSpan.FromSeconds(10), Direction = direction }, threshold);

    /// <summary>Silent for more than <c>seconds</c>.</summary>
    public static AlertRule Silent(double seconds) => Warning(new(ConditionKind.NoData), seconds);

    /// <summary>Silent for more than a multiple of the cadence.</summary>
    public static AlertRule SilentBy(double multiple) => Warning(new(ConditionKind.NoData) { IsRelative = true }, multiple);

    public static AlertRule Stuck(int readings) => Warning(new(ConditionKind.Stuck), readings, recovery: 1);

    public static AlertRule Gated(this AlertRule rule, double runLevel = 0.5) => rule with { Gate = new(runLevel, "m/s²") };

    public static AlertRule GatedByState(this AlertRule rule) => rule with { Gate = new(null, null, UsesMachineState: true) };

    public static AlertRule Recovering(this AlertRule rule, int readings, double seconds = 0) =>
        rule with { OffDelay = new(readings, TimeSpan.FromSeconds(seconds)) };
}
