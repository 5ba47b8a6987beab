using CsCheck;
using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>Stored readings evaluated as if they arrived now.</summary>
public sealed class PastEvaluatorTests
{
    [Fact]
    public void What_is_over_is_told_with_all_its_findings_and_what_holds_with_its_begin()
    {
        var evaluator = Evaluate(Sample.Multiple(), 1, 2.5, 3.5, 2.6, 1.6, 1.5, 1, 2.1, 2.2);

        var findings = evaluator.Over.ShouldHaveSingleItem();
        findings.Select(finding => (finding.Kind, finding.Severity, Watched.Seconds(finding.At))).ShouldBe(
            [(FindingKind.Worse, Severity.Warning, 1), (FindingKind.Worse, Severity.Critical, 2), (FindingKind.Better, Severity.Warning, 4), (FindingKind.Ended, Severity.Warning, 5)]);
        evaluator.HoldsSince.ShouldBe(Watched.At(7));
        Evaluate(Sample.Multiple(), 1, 1).HoldsSince.ShouldBeNull();
    }

    [Fact]
    public void It_is_backfilled_unless_it_is_on_record()
    {
        var sensor = new Watched(Sample.Multiple());
        var over = Evaluate(Sample.Multiple(), 1, 2.5, 1, 1, 2.5, 2.5, 1).Over;

        Backfill.Add(sensor.Watch.Subject, over, new(2026, 2, 1), [new(1, ConditionKind.BaselineMultiple, Severity.Warning, Watched.At(5), Watched.At(9))], sensor.Writer).ShouldBe(1);

        sensor.Times.ShouldBe([(Raised, 1), (Cleared, 2)]);
        sensor.Journal.ShouldAllBe(change => change.Transition.IsBackfilled && change.Alert.IsBackfilled);
        var alert = sensor.Journal[^1].Alert;
        (alert.State, alert.CalibrationAgeDays, alert.PeakLevel, alert.EndedAt).ShouldBe((AlertState.Normal, 28, 2.5, Watched.At(2)));
        sensor.Watch.Alerts.ShouldBeEmpty();
    }

    [Fact]
    public void It_finds_what_evaluating_live_has_raised() =>
        Gen.Double[0, 5].Array[1, 60].Sample(levels =>
        {
            var live = new Watched(Sample.Multiple(warningHold: 2)).Sees(levels);
            var past = new Watched(Sample.Multiple(warningHold: 2));

            var evaluator = Evaluate(Sample.Multiple(warningHold: 2), levels);
            Backfill.Add(past.Watch.Subject, evaluator.Over, null, [], past.Writer);

            Moves(past).ShouldBe(Moves(live).Take(past.Journal.Count));
            (evaluator.HoldsSince is null).ShouldBe(Spans.Of(live.Journal).All(span => span.To is not null));
            evaluator.Over.Count.ShouldBe(Spans.Of(live.Journal).Count(span => span.To is not null));
        });

    private static IEnumerable<(AlertTrigger, double, Severity?)> Moves(Watched sensor) =>
        sensor.Journal.Select(change => (change.Transition.Trigger, Watched.Seconds(change.Transition.At), change.Transition.Evaluation?.Severity));

    private static PastEvaluator Evaluate(AlertRule rule, params double[] levels)
    {
        var evaluator = new PastEvaluator([new SensorRule(rule, "m/s²")]);
        for (var i = 0; i < levels.Length; i++)
            evaluator.Evaluate(Watched.Reading(i, levels[i]));
        return evaluator;
    }
}
