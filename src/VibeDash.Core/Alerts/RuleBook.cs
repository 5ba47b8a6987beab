using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>
/// The rules in force, and their selection for a sensor: of each kind the most specific one that is enabled, covers the sensor and is comparable with
/// its unit; of equally specific ones the newest. Thread-safe for reading <see cref="Rules"/> and <see cref="Explain"/>.
/// </summary>
public sealed class RuleBook
{
    /// <summary>Maximum number of rule sets shared between sensors. Bounds memory, because unit texts come from sensors. Beyond it, each sensor has its own.</summary>
    public const int MaximumShared = 256;

    private readonly AlertRule[] _rules;

    // Most sensors of a plant have the same rules and one of a few units.
    private readonly Dictionary<(string Rules, string Unit, RunLevel? RunLevel), SensorRule[]> _shared = [];

    /// <summary>Creates a book of rules.</summary>
    public RuleBook(IEnumerable<AlertRule> rules) => _rules = [.. rules.OrderBy(rule => rule.Id)];

    /// <summary>Number of rule sets kept for sharing; at most <see cref="MaximumShared"/>.</summary>
    public int Shared => _shared.Count;

    /// <summary>All rules by id, including disabled ones.</summary>
    public IReadOnlyList<AlertRule> Rules => _rules;

    /// <summary>Number of latest readings of a sensor that fill every on-delay and count of the rules, including the cadence.</summary>
    public int LookBackReadings => _rules.Where(rule => rule.IsEnabled)
        .SelectMany(rule => rule.Tiers.Select(tier => tier.OnDelay.Readings).Append(rule.OffDelay.Readings)
            .Concat(rule.Kind == ConditionKind.Stuck ? rule.Tiers.Select(tier => SensorRule.KeptLevels(rule) + tier.OnDelay.Readings) : []))
        .Append(Cadence.LookBack)
        .Max();

    /// <summary>Time before the latest reading that fills every on-delay and window.</summary>
    public TimeSpan LookBackTime => _rules.Where(rule => rule.IsEnabled)
        .SelectMany(rule => rule.Tiers.Select(tier => tier.OnDelay.Time).Append(rule.OffDelay.Time).Append(rule.Condition.Window ?? TimeSpan.Zero))
        .Append(TimeSpan.Zero)
        .Max();

    /// <summary>The book with a rule added, or replaced if its id exists.</summary>
    public RuleBook With(AlertRule rule) => new(_rules.Where(other => other.Id != rule.Id).Append(rule));

    /// <summary>The book without a rule.</summary>
    public RuleBook Without(int ruleId) => new(_rules.Where(other => other.Id != ruleId));

    /// <summary>The rules that apply to a sensor.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="facts">Its facts.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="unit">Unit symbol as sent by the sensor.</param>
    /// <param name="runLevel">Its run level, or null.</param>
    public SensorRule[] For(string sensorId, SensorFacts facts, IReadOnlyCollection<string> labels, string unit, RunLevel? runLevel = null)
    {
        var rules = _rules
            .Where(rule => rule.IsEnabled && rule.Scope.Covers(sensorId, facts, labels) && Mismatch(rule, unit) is null)
            .GroupBy(rule => rule.Kind, (_, rules) => rules.Aggregate(MoreSpecific))
            .ToArray();
        var key = (string.Join(',', rules.Select(rule => rule.Id)), unit, runLevel);
        if (_shared.TryGetValue(key, out var shared))
            return shared;
        SensorRule[] made = [.. rules.Select(rule => new SensorRule(rule, unit, runLevel))];
        if (_shared.Count < MaximumShared)
            _shared[key] = made;
        return made;
    }

    /// <summary>Explains, for each rule that covers a sensor, whether it applies.</summary>
    public IEnumerable<RuleMatch> Explain(string sensorId, SensorFacts facts, IReadOnlyCollection<string> labels, string unit)
    {
        var covering = _rules.Where(rule => rule.Scope.Covers(sensorId, facts, labels)).ToArray();
        foreach (var rule in covering)
        {
            var winner = covering.Where(other => other.Kind == rule.Kind && other.IsEnabled && Mismatch(other, unit) is null).Aggregate<AlertRule, AlertRule?>(null, (best, other) => best is null ? other : MoreSpecific(best, other));
            var applies = winner?.Id == rule.Id;
            var (reason, arguments) = !rule.IsEnabled ? (RuleMatchReason.SwitchedOff, Array.Empty<string>())
                : Mismatch(rule, unit) is { } own ? (RuleMatchReason.UnitsNotComparable, [own, unit])
                : !applies ? (winner!.Scope.CompareSpecificity(rule.Scope) > 0 ? RuleMatchReason.LessSpecific : RuleMatchReason.Older, [winner.Name])
                : rule.Scope.Kind == ScopeKind.All ? (RuleMatchReason.ForAll, [])
                : (RuleMatchReason.MostSpecific, [rule.Scope.Kind.ToString(), rule.Scope.Value]);
            yield return new(rule.Id, reason, arguments) { Rule = rule, Thresholds = applies ? new SensorRule(rule, unit).LevelThresholds() : [] };
        }
    }

    // The unit of the rule that cannot be compared with the sensor's, or null.
    private static string? Mismatch(AlertRule rule, string unit) => rule.Condition.Mismatch(unit)
        ?? (rule.Gate?.RunLevel is not null && VibrationUnit.WhyNotComparable(rule.Gate.Unit!, unit) is not null ? rule.Gate.Unit : null);

    private static AlertRule MoreSpecific(AlertRule earlier, AlertRule later) => earlier.Scope.CompareSpecificity(later.Scope) > 0 ? earlier : later;
}
