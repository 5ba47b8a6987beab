using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Rules;

/// <summary>The sensors of a rule's scope, and those of them it cannot be evaluated for.</summary>
/// <param name="Covered">All sensors of the scope, by id.</param>
/// <param name="Refused">Those with a unit the rule cannot be evaluated for.</param>
/// <param name="Reasons">Why, one sentence for each unit.</param>
public sealed record ScopeReach(IReadOnlyList<SensorView> Covered, IReadOnlyList<SensorView> Refused, IReadOnlyList<string> Reasons)
{
    /// <summary>The reach of a rule. Empty for an invalid scope; without refused sensors for an invalid condition.</summary>
    public static ScopeReach Of(AlertRule rule, IEnumerable<SensorView> sensors)
    {
        if (rule.Scope.Fault() is not null)
            return new([], [], []);
        SensorView[] covered = [.. sensors.Where(sensor => rule.Scope.Covers(sensor.SensorId, sensor.Facts, sensor.Labels)).OrderBy(sensor => sensor.SensorId, StringComparer.Ordinal)];
        if ((rule.Condition.Fault() ?? rule.Gate?.Fault()) is not null)
            return new(covered, [], []);

        var alone = new RuleBook([rule with { IsEnabled = true }]);
        var reasons = covered.GroupBy(sensor => sensor.Unit)
            .Select(unit => (Unit: unit.Key, Match: alone.Explain(unit.First().SensorId, unit.First().Facts, unit.First().Labels, unit.Key).Single()))
            .Where(unit => !unit.Match.Applies)
            .ToDictionary(unit => unit.Unit, unit => RuleMatchText.Of(unit.Match));
        return new(covered, [.. covered.Where(sensor => reasons.ContainsKey(sensor.Unit))], [.. reasons.Values.Distinct()]);
    }

    /// <summary>Lists the first sensors by id, and the number of the others.</summary>
    public static string Names(IReadOnlyList<SensorView> sensors, int maximum = 5) =>
        string.Join(", ", sensors.Take(maximum).Select(sensor => sensor.SensorId)) + (sensors.Count > maximum ? $", and {sensors.Count - maximum} more" : "");
}
