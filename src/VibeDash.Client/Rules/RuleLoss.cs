using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Rules;

/// <summary>The consequences for the fleet when a rule is no longer in force.</summary>
/// <param name="Alerts">Number of active alerts that end, because no other rule evaluates their condition.</param>
/// <param name="Sensors">Number of sensors whose level no rule compares with a threshold any more.</param>
public sealed record RuleLoss(int Alerts, int Sensors)
{
    /// <summary>The consequences of removing <paramref name="rule"/>, or switching it off.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="rules">All current rules.</param>
    /// <param name="view">The fleet.</param>
    public static RuleLoss Of(AlertRule rule, IEnumerable<AlertRule> rules, FleetView view)
    {
        var before = new RuleBook(rules);
        var after = before.Without(rule.Id);
        var active = view.OpenAlerts.Where(alert => alert.Kind == rule.Kind && alert.Facts.IsActive).ToLookup(alert => alert.SensorId);
        var (alerts, sensors) = (0, 0);
        foreach (var sensor in view.Sensors)
        {
            if (!rule.Scope.Covers(sensor.SensorId, sensor.Facts, sensor.Labels))
                continue;
            var left = Rules(after, sensor);
            if (SensorRule.EvaluationBy(left) == LevelEvaluation.Never && SensorRule.EvaluationBy(Rules(before, sensor)) != LevelEvaluation.Never)
                sensors++;
            if (!left.Any(other => other.Kind == rule.Kind))
                alerts += active[sensor.SensorId].Count();
        }

        return new(alerts, sensors);
    }

    /// <summary>The consequences as sentences, each after a space.</summary>
    public override string ToString() =>
        (Alerts == 0 ? "" : Alerts == 1 ? " 1 open alert ends, because no rule evaluates it any more." : $" {Numbers.Count(Alerts)} open alerts end, because no rule evaluates them any more.")
        + (Sensors == 0 ? "" : $" {(Sensors == 1 ? "1 sensor is" : $"{Numbers.Count(Sensors)} sensors are")} left without a rule for the level.");

    private static SensorRule[] Rules(RuleBook book, SensorView sensor) => book.For(sensor.SensorId, sensor.Facts, sensor.Labels, sensor.Unit);
}
