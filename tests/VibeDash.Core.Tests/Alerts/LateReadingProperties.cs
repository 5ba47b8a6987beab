using CsCheck;
using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>
/// Compares readings delivered in any order with the same readings in order. A reading newer than all before is evaluated on arrival; the others arrive
/// in batches, as from a gateway that was disconnected.
/// </summary>
public sealed class LateReadingProperties
{
    // Levels around the thresholds 2 and 3, on them, and at rest.
    private static readonly Gen<double> Level = Gen.OneOf(Gen.Double[0, 5], Gen.Int[0, 8].Select(half => half / 2.0), Gen.Const(2.2), Gen.Const(0.1));

    private static readonly Gen<AlertRule[]> Rules = Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 4], Gen.Bool).Select((warning, critical, recovery, seconds, isGated) =>
        new[]
        {
            Sample.Multiple(warning, critical).Recovering(recovery, seconds),
            isGated ? Sample.Below(1, 1.2).Gated() : Sample.Below(1, 1.2).Recovering(recovery),
            Sample.Change(2).Recovering(recovery),
            Sample.Stuck(3),
        });

    // Mostly in order, with some late-arriving readings.
    private static readonly Gen<(EvaluatedReading[] Readings, int[] Order)> Delivery =
        Gen.Select(Level, Gen.Int[1, 4], Gen.OneOf(Gen.Const(0), Gen.Const(0), Gen.Int[0, 12])).Array[1, 30].Select(steps =>
        {
            var time = 0;
            var readings = steps.Select(step => Watched.Reading(time += step.Item2, step.Item1)).ToArray();
            int[] order = [.. Enumerable.Range(0, steps.Length).OrderBy(i => i + steps[i].Item3)];
            return (readings, order);
        });

    [Fact]
    public void What_was_active_in_order_overlaps_an_alert_of_its_kind_on_record() => Gen.Select(Rules, Delivery, Gen.Int[1, 4]).Sample((rules, delivery, batch) =>
    {
        var record = Spans.Of(Shuffled(rules, delivery, batch).Journal);
        foreach (var episode in Spans.Of(InOrder(rules, delivery.Readings).Journal))
        {
            record.Any(span => span.Kind == episode.Kind && span.Overlaps(episode.From, episode.To ?? DateTimeOffset.MaxValue))
                .ShouldBeTrue($"{episode} is not in {string.Join("; ", record)}");
        }
    });

    [Fact]
    public void What_is_active_in_order_is_active_and_not_less_severe() => Gen.Select(Rules, Delivery, Gen.Int[1, 4]).Sample((rules, delivery, batch) =>
    {
        var shuffled = Shuffled(rules, delivery, batch).Watch;
        foreach (var alert in InOrder(rules, delivery.Readings).Watch.Alerts.Where(alert => alert.Facts.IsActive))
        {
            var same = shuffled.Find(alert.Kind).ShouldNotBeNull($"{alert}");
            same.Facts.IsActive.ShouldBeTrue($"{alert}");
            same.Facts.IsSuppressed.ShouldBe(alert.Facts.IsSuppressed);
            ((int)same.Severity).ShouldBeGreaterThanOrEqualTo((int)alert.Severity);
        }
    });

    [Fact]
    public void After_an_undisturbed_while_nothing_is_active_that_is_not_in_order() => Gen.Select(Rules, Delivery, Gen.Int[1, 4]).Sample((rules, delivery, batch) =>
    {
        // Levels at which every condition ends, for longer than the window and any delay.
        var (inOrder, shuffled) = (InOrder(rules, delivery.Readings), Shuffled(rules, delivery, batch));
        var end = Watched.Seconds(inOrder.Now);
        foreach (var sensor in new[] { inOrder, shuffled })
        {
            for (var i = 1; i <= 20; i++)
                sensor.Sees(Watched.Reading(end + i, 1.3 + (i % 2 * 0.1)));
        }

        Active(shuffled).ShouldBe(Active(inOrder), ignoreOrder: true);

        static IEnumerable<ConditionKind> Active(Watched sensor) => sensor.Watch.Alerts.Where(alert => alert.Facts.IsActive).Select(alert => alert.Kind);
    });

    [Fact]
    public void Evaluating_again_what_is_known_changes_nothing() => Gen.Select(Rules, Delivery, Gen.Int[0, 120]).Sample((rules, delivery, seconds) =>
    {
        var sensor = InOrder(rules, delivery.Readings);
        var (before, alerts) = (sensor.Journal.ToArray(), sensor.Watch.Alerts);

        sensor.Reevaluate(Watched.At(seconds));

        sensor.Journal.ShouldBe(before);
        sensor.Watch.Alerts.ShouldBe(alerts);
    });

    [Fact]
    public void Evaluating_again_in_between_makes_no_difference_to_what_follows() => Gen.Select(Rules, Delivery, Gen.Int[0, 29], Gen.Int[0, 120]).Sample((rules, delivery, at, seconds) =>
    {
        var sensor = new Watched(rules);
        for (var i = 0; i < delivery.Readings.Length; i++)
        {
            sensor.Sees(delivery.Readings[i]);
            if (i == at)
                sensor.Reevaluate(Watched.At(Math.Min(seconds, Watched.Seconds(sensor.Now))));
        }

        sensor.Journal.ShouldBe(InOrder(rules, delivery.Readings).Journal);
    });

    [Fact]
    public void What_is_backfilled_never_asks_for_an_acknowledgement() => Gen.Select(Rules, Delivery, Gen.Int[1, 4]).Sample((rules, delivery, batch) =>
    {
        var backfilled = Shuffled(rules, delivery, batch).Journal.Where(change => change.Transition.IsBackfilled).ToArray();

        backfilled.ShouldAllBe(change => !change.Alert.IsUnacknowledged && change.Alert.IsBackfilled);
        backfilled.GroupBy(change => change.Alert.Id).ShouldAllBe(alert => !alert.Last().Alert.IsOpen);
    });

    [Fact]
    public void What_is_on_record_is_in_order_of_its_times() => Gen.Select(Rules, Delivery, Gen.Int[1, 4]).Sample((rules, delivery, batch) =>
        Spans.Of(Shuffled(rules, delivery, batch).Journal).ShouldAllBe(span => span.To == null || span.From <= span.To));

    [Fact]
    public void The_journal_is_legal_and_makes_the_alerts() => Gen.Select(Rules, Delivery, Gen.Int[1, 4]).Sample((rules, delivery, batch) =>
        Journals.ShouldBeWhole(Shuffled(rules, delivery, batch)));

    private static Watched InOrder(AlertRule[] rules, EvaluatedReading[] readings)
    {
        var sensor = new Watched(rules);
        foreach (var reading in readings)
            sensor.Sees(reading);
        return sensor;
    }

    private static Watched Shuffled(AlertRule[] rules, (EvaluatedReading[] Readings, int[] Order) delivery, int batch)
    {
        var sensor = new Watched(rules);
        foreach (var arrived in delivery.Order.Select(i => delivery.Readings[i]).Chunk(batch))
        {
            EvaluatedReading[] late = [.. arrived.Where(reading => sensor.Readings.Count > 0 && reading.Reading.Timestamp < sensor.Now)];
            foreach (var next in arrived.Except(late).OrderBy(reading => reading.Reading.Timestamp))
                sensor.Sees(next);
            if (late.Length > 0)
                sensor.SeesLate(late);
        }

        return sensor;
    }
}
