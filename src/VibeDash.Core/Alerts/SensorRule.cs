using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>A rule precomputed for sensors with one unit. Immutable.</summary>
public sealed class SensorRule
{
    private readonly string _sensorUnit;

    /// <summary>Precomputes a rule.</summary>
    /// <param name="rule">A valid rule.</param>
    /// <param name="sensorUnit">Unit symbol as sent by the sensor; the rule must have no <see cref="AlertCondition.Mismatch"/> with it.</param>
    /// <param name="runLevel">The sensor's run level, or null. A gate of the rule that has a run level comes before it.</param>
    public SensorRule(AlertRule rule, string sensorUnit, RunLevel? runLevel = null)
    {
        (Rule, _sensorUnit) = (rule, sensorUnit);
        Kind = rule.Kind;
        Unit = Kind switch
        {
            ConditionKind.NoData or ConditionKind.ClockOff => "s",
            ConditionKind.Stuck => "readings",
            ConditionKind.CalibrationAge => "months",
            ConditionKind.BaselineChange => "%",
            ConditionKind.Change when rule.Condition.IsRelative => "%",
            _ => sensorUnit,
        };
        Tiers = [.. rule.Tiers.Select(tier => Limit(tier, sensorUnit))];
        RunLevel = rule.Gate?.RunLevel is { } level ? Convert(level, rule.Gate.Unit!, sensorUnit)
            : rule.Condition.NeedsRunning && runLevel?.In(sensorUnit) is { } own ? own
            : double.NegativeInfinity;
        RecoveryReadings = rule.OffDelay.Readings;
        RecoveryTicks = rule.OffDelay.Time.Ticks;
    }

    /// <summary>The rule.</summary>
    public AlertRule Rule { get; }

    /// <summary>Kind of its condition.</summary>
    public ConditionKind Kind { get; }

    /// <summary>True when it is evaluated only while the reported machine state is running.</summary>
    public bool FollowsMachine => Rule.Gate is { UsesMachineState: true };

    /// <summary>Unit of the compared values.</summary>
    public string Unit { get; }

    /// <summary>The level above which the machine runs, in the sensor's unit.</summary>
    internal double RunLevel { get; }

    internal TierLimit[] Tiers { get; }

    internal int RecoveryReadings { get; }

    internal long RecoveryTicks { get; }

    /// <summary>Whether the rules of a sensor compare its level with thresholds.</summary>
    public static LevelEvaluation EvaluationBy(IReadOnlyCollection<SensorRule> rules) =>
        !rules.Any(rule => rule.Rule.Condition.ComparesLevels) ? LevelEvaluation.Never
        : rules.Any(rule => rule.Rule.Condition is { ComparesLevels: true, NeedsBaseline: false }) ? LevelEvaluation.Always
        : LevelEvaluation.WithBaseline;

    /// <summary>Counts equal levels by the rule's tolerance; null for a kind that does not.</summary>
    internal LevelRow? Row()
    {
        if (Kind != ConditionKind.Stuck)
            return null;
        var condition = Rule.Condition;
        var tolerance = condition.Tolerance ?? double.NaN;
        return new(KeptLevels(Rule), condition.TakesUnit ? Convert(tolerance, condition.Unit!, _sensorUnit) : tolerance, condition.IsRelative);
    }

    /// <summary>Number of latest readings that a rule about equal levels counts at most: enough to compare the count with each threshold.</summary>
    internal static int KeptLevels(AlertRule rule) => (int)Math.Min(rule.Tiers.Max(tier => tier.Threshold), AlertDelay.MaximumReadings) + 2;

    /// <summary>The severity of a tier.</summary>
    public Severity Severity(int tier) => Tiers[tier].Severity;

    /// <summary>The threshold of a tier in <see cref="Unit"/>.</summary>
    /// <param name="tier">Index of the tier.</param>
    /// <param name="baseline">The baseline in force, in the sensor's unit.</param>
    public double Threshold(int tier, double baseline) => Finite((Tiers[tier].Factor * baseline) + Tiers[tier].Threshold);

    /// <summary>The recovery threshold of a tier in <see cref="Unit"/>.</summary>
    public double Recovery(int tier, double baseline) => Finite((Tiers[tier].RecoveryFactor * baseline) + Tiers[tier].Recovery);

    /// <summary>The threshold of a tier beyond which its on-delay is skipped, in <see cref="Unit"/>; NaN when it never is.</summary>
    internal double AtOnce(int tier, double baseline) => Finite((Tiers[tier].AtOnceFactor * baseline) + Tiers[tier].AtOnce);

    /// <summary>The tier of a severity, or else of the next lower one, or else the lowest.</summary>
    public int TierOf(Severity severity) => Math.Max(0, Array.FindLastIndex(Tiers, tier => tier.Severity <= severity));

    /// <summary>True when the machine runs, according to the rule's gate.</summary>
    public bool IsGateOpen(double level, bool machineRuns) => level > RunLevel && (machineRuns || !FollowsMachine);

    /// <summary>The thresholds that can be drawn over the levels; none for a kind that does not compare levels.</summary>
    public LevelThreshold[] LevelThresholds() => Rule.Condition.ComparesLevels
        ? [.. Tiers.Select(tier => new LevelThreshold(tier.Severity, tier.Factor, tier.Threshold))]
        : [];

    // Only a baseline of an earlier version, which had no bound, gives more.
    private static double Finite(double threshold) => Math.Min(threshold, double.MaxValue);

    private static double Convert(double value, string from, string to) => VibrationUnit.TryConvert(value, from, to, out var converted) ? converted : value;

    private TierLimit Limit(AlertTier tier, string sensorUnit)
    {
        var condition = Rule.Condition;
        var (threshold, recovery) = condition.HasUnit
            ? (Convert(tier.Threshold, condition.Unit!, sensorUnit), Convert(tier.Recovery, condition.Unit!, sensorUnit))
            : (tier.Threshold, tier.Recovery);
        var (readings, ticks) = (tier.OnDelay.Readings, tier.OnDelay.Time.Ticks);
        var atOnce = tier.AtOnce is not { } beyond ? double.NaN : condition.HasUnit ? Convert(beyond, condition.Unit!, sensorUnit) : beyond;
        return Kind switch
        {
            ConditionKind.BaselineMultiple => new(tier.Severity, threshold, 0, recovery, 0, readings, ticks, double.IsNaN(atOnce) ? 0 : atOnce, double.IsNaN(atOnce) ? atOnce : 0),
            ConditionKind.DifferenceAbove => new(tier.Severity, 1, threshold, 1, recovery, readings, ticks, 1, atOnce),
            _ => new(tier.Severity, 0, threshold, 0, recovery, readings, ticks, 0, atOnce),
        };
    }
}
