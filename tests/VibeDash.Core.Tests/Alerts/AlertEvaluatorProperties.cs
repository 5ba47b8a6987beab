using CsCheck;
using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AlertEvaluatorProperties
{
    // Levels around the thresholds, on them, and far away; a negative one stands for a person who acknowledges.
    private static readonly Gen<double> Step = Gen.OneOf(Gen.Double[0, 5], Gen.Int[0, 8].Select(half => half / 2.0), Gen.Const(-1.0));
    private static readonly Gen<double[]> Steps = Step.Array[0, 60];
    private static readonly Gen<AlertRule[]> Rules = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], (warning, critical) => new[] { Watched.Warning(warning), Watched.Critical(critical) });

    [Fact]
    public void Replaying_the_journal_gives_the_current_state() => Gen.Select(Rules, Steps).Sample((rules, steps) =>
    {
        var sensor = new Watched(rules);
        Run(sensor, steps);

        var states = new Dictionary<long, AlertState>();
        foreach (var transition in sensor.Journal.Select(change => change.Transition))
        {
            states.GetValueOrDefault(transition.AlertId, AlertState.Normal).ShouldBe(transition.From);
            states[transition.AlertId] = transition.To;
        }

        states.Where(entry => entry.Value != AlertState.Cleared).ShouldBe(
            sensor.Alerts.Where(alert => alert.IsOpen).Select(alert => KeyValuePair.Create(alert.Id, alert.State)), ignoreOrder: true);
        sensor.Journal.Select(change => change.Transition.Position).ShouldBe(Enumerable.Range(1, sensor.Journal.Count).Select(position => (long)position));
        states.Keys.Order().ShouldBe(Enumerable.Range(1, states.Count).Select(id => (long)id));
    });

    [Fact]
    public void A_rule_has_at_most_one_alert_at_a_time() => Gen.Select(Rules, Steps).Sample((rules, steps) =>
    {
        var sensor = new Watched(rules);
        foreach (var step in steps)
        {
            Run(sensor, step);
            sensor.Alerts.Select(alert => alert.RuleId).ShouldBeUnique();
            sensor.Alerts.ShouldAllBe(alert => alert.State == AlertState.Pending || alert.IsOpen);
        }
    });

    [Fact]
    public void An_open_alert_is_one_whose_level_has_not_returned() => Gen.Select(Rules, Steps).Sample((rules, steps) =>
    {
        var sensor = new Watched(rules);
        foreach (var step in steps)
        {
            Run(sensor, step);
            if (step < 0)
                continue;
            foreach (var rule in rules)
            {
                var alert = sensor.Alerts.SingleOrDefault(alert => alert.RuleId == rule.Id);
                if (step <= rule.RecoveryRatio)
                    alert.ShouldBeNull();
                if (step > rule.ThresholdRatio)
                    alert.ShouldNotBeNull().PeakLevel.ShouldBeGreaterThanOrEqualTo(step);
            }
        }
    });

    [Fact]
    public void A_restart_in_between_changes_nothing() => Gen.Select(Rules, Steps, Steps).Sample((rules, first, second) =>
    {
        var whole = new Watched(rules);
        Run(whole, [.. first, .. second]);

        var before = new Watched(rules);
        Run(before, first);
        var after = new Watched(rules)
        {
            Alerts = before.Alerts,
            Numbers = new(before.Numbers.LastAlertId, before.Numbers.LastPosition),
            Readings = before.Readings,
        };
        Run(after, second);

        after.Alerts.ShouldBe(whole.Alerts);
        before.Journal.Concat(after.Journal).ShouldBe(whole.Journal);
    });

    private static void Run(Watched sensor, params double[] steps)
    {
        foreach (var step in steps)
        {
            if (step >= 0)
                sensor.Sees(step);
            else if (sensor.Alerts.Length > 0)
                sensor.Acknowledge();
        }
    }
}
