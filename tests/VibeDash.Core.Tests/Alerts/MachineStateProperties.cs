using CsCheck;
using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>
/// Compares readings and machine states delivered in another order with the same ones in the order of their times. The states are in order among
/// themselves.
/// </summary>
public sealed class MachineStateProperties
{
    private const int Distance = 40;

    private static readonly AlertRule[] Rules =
    [
        Sample.Above(2, 1.5, hold: 2).GatedByState(),
        Sample.Below(1, 1.2).GatedByState().Recovering(readings: 2),
        Sample.Multiple(warningHold: 3).GatedByState(),
        Sample.Stuck(2).GatedByState(),
    ];

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Frequency((6, Gen.Const(Step.Reading)), (2, Gen.Const(Step.Stops)), (2, Gen.Const(Step.Runs))),
        Gen.OneOf(Gen.Double[0, 4], Gen.Int[0, 4].Select(level => (double)level)),
        Gen.Int[0, 20]).Select(step => new Step(step.Item1, step.Item2, step.Item3)).Array[1, 40];

    [Fact]
    public void States_reported_ahead_of_older_readings_give_the_journal_of_the_ordered_one() => Steps.Sample(steps =>
    {
        AlertRule[] rules = [.. Rules, Sample.Silent(2.5 * Distance).GatedByState()];
        var (inOrder, ahead) = (Delivered(rules, steps, InOrder(steps)), Delivered(rules, steps, Ahead(steps)));

        Entries(ahead).ShouldBe(Entries(inOrder));
        Open(ahead).ShouldBe(Open(inOrder));
        Journals.ShouldBeWhole(ahead);
    });

    [Fact]
    public void In_any_order_what_was_active_in_order_is_on_record() => Steps.Sample(steps =>
    {
        var record = Spans.Of(Delivered(Rules, steps, InAnyOrder(steps)).Journal);
        foreach (var episode in Spans.Of(Delivered(Rules, steps, InOrder(steps)).Journal))
        {
            record.Any(span => span.Kind == episode.Kind && span.Overlaps(episode.From, episode.To ?? DateTimeOffset.MaxValue))
                .ShouldBeTrue($"{episode} is not in {string.Join("; ", record)}");
        }
    });

    [Fact]
    public void In_any_order_what_is_active_in_order_is_active_and_suppressed_alike() => Steps.Sample(steps =>
    {
        var anyOrder = Delivered(Rules, steps, InAnyOrder(steps));
        foreach (var alert in Delivered(Rules, steps, InOrder(steps)).Watch.Alerts.Where(alert => alert.Facts.IsActive))
        {
            var same = anyOrder.Watch.Find(alert.Kind).ShouldNotBeNull($"{alert}");
            (same.Facts.IsActive, same.Facts.IsSuppressed).ShouldBe((true, alert.Facts.IsSuppressed), $"{alert}");
        }

        Journals.ShouldBeWhole(anyOrder);
    });

    private static int[] InOrder(Step[] steps) => [.. Enumerable.Range(0, steps.Length)];

    // States early, readings in order.
    private static int[] Ahead(Step[] steps) => Shifted(steps, step => step.Kind == Step.Reading ? 0 : -step.Shift);

    // Both early or late.
    private static int[] InAnyOrder(Step[] steps) => Shifted(steps, step => step.Shift - 10);

    private static int[] Shifted(Step[] steps, Func<Step, int> shift)
    {
        var places = InOrder(steps).Select(i => i + shift(steps[i])).ToArray();
        int[] states = [.. InOrder(steps).Where(i => steps[i].Kind != Step.Reading)];
        foreach (var (state, place) in states.Zip(states.Select(i => places[i]).Order().ToArray()))
            places[state] = place;
        return [.. InOrder(steps).OrderBy(i => places[i])];
    }

    private static Watched Delivered(AlertRule[] rules, Step[] steps, int[] order)
    {
        var sensor = new Machined(rules);
        foreach (var i in order)
        {
            var ((kind, level, _), seconds) = (steps[i], Distance * i);
            var isLate = sensor.Watched.Readings.Count > 0 && Watched.At(seconds) < sensor.Watched.Now;
            _ = kind switch
            {
                Step.Reading when isLate => sensor.SeesLate(seconds, level),
                Step.Reading => sensor.Sees(seconds, level),
                _ when isLate => sensor.SaysLate(seconds, kind == Step.Runs),
                _ => sensor.Says(seconds, kind == Step.Runs),
            };
        }

        return sensor.Watched;
    }

    // Without suppressions that were taken back: an alert that is open when a stop is reported is suppressed, until a reading shows that it ended before.
    private static IEnumerable<(DateTimeOffset At, ConditionKind Kind, AlertTrigger Trigger, Severity Severity)> Entries(Watched sensor)
    {
        var entries = new List<(DateTimeOffset At, ConditionKind Kind, AlertTrigger Trigger, Severity Severity)>();
        foreach (var (transition, alert) in sensor.Journal)
        {
            var suppressed = entries.FindLastIndex(entry => entry.Kind == alert.Kind && entry.Trigger == AlertTrigger.Suppressed);
            if (transition.Trigger == AlertTrigger.Unsuppressed && suppressed >= 0 && transition.At < entries[suppressed].At)
                entries.RemoveAt(suppressed);
            else
                entries.Add((transition.At, alert.Kind, transition.Trigger, transition.Evaluation?.Severity ?? default));
        }

        return entries.Order();
    }

    private static IEnumerable<(ConditionKind Kind, AlertState State, Severity Severity)> Open(Watched sensor) =>
        sensor.Watch.Alerts.Select(alert => (alert.Kind, alert.State, alert.Severity)).Order();

    /// <summary>A reading or a machine state; a step is at 40 s times its place.</summary>
    /// <param name="Kind">One of the constants.</param>
    /// <param name="Level">Level of a reading.</param>
    /// <param name="Shift">By how many steps it is delivered earlier or later.</param>
    private readonly record struct Step(int Kind, double Level, int Shift)
    {
        public const int Reading = 0, Stops = 1, Runs = 2;
    }
}
