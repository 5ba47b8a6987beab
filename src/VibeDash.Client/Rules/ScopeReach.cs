using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Rules;

/// <summary>The sensors of a rule's scope, and those of them it cannot be judged for.</summary>
/// <param name="Covered">All of them, by id.</param>
/// <param name="Refused">Those it cannot be compared with.</param>
/// <param name="Reasons">Why, a sentence for each unit.</param>
public sealed record ScopeReach(IReadOnlyList<SensorView> Covered, IReadOnlyList<SensorView> Refused, IReadOnlyList<string> Reasons)
{
    /// <summary>How far a rule reaches. One whose scope or condition has a fault reaches, or refuses, nothing.</summary>
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
            .ToDictionary(unit => unit.Unit, unit => unit.Match.Reason);
        return new(covered, [.. covered.Where(sensor => reasons.ContainsKey(sensor.Unit))], [.. reasons.Values.Distinct()]);
    }

    /// <summary>The first few of some sensors by name.</summary>
    public static string Names(IReadOnlyList<SensorView> sensors, int maximum = 5) =>
        string.Join(", ", sensors.Take(maximum).Select(sensor => sensor.SensorId)) + (sensors.Count > maximum ? $", and {sensors.Count - maximum} more" : "");
}
