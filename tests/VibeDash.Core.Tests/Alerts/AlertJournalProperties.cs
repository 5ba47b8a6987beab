using CsCheck;
using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>Random sequences of readings, silences, user actions, expiries, rule edits and restarts.</summary>
public sealed class AlertJournalProperties
{
    private static readonly AlertRule[] Rules =
    [
        Sample.Multiple(warningHold: 2).Recovering(readings: 2),
        Sample.Below(1, 1.2).Gated(),
        Sample.Change(2),
        Sample.Stuck(3),
        Sample.SilentBy(8),
    ];

    private static readonly SensorRule[] Fewer = [new(Sample.Multiple(), "m/s²"), new(Sample.Below(1, 1.2), "m/s²")];

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Frequency((12, Gen.Const(0)), (8, Gen.Int[1, 9])),
        Gen.OneOf(Gen.Double[0, 5], Gen.Int[0, 8].Select(half => half / 2.0), Gen.Const(0.1)),
        Gen.Int[0, 8]).Select(step => new Step(step.Item1, step.Item2, step.Item3)).Array[0, 60];

    [Fact]
    public void The_alerts_are_what_their_journal_makes_of_them() => Steps.Sample(steps =>
    {
        var sensor = new Watched(Rules);
        for (var i = 0; i < steps.Length; i++)
        {
            Take(sensor, steps[i], 10 * i);
            sensor.Watch.Alerts.ShouldAllBe(alert => alert.IsOpen);
            sensor.Watch.Alerts.Select(alert => alert.Kind).ShouldBeUnique();
        }

        Journals.ShouldBeWhole(sensor);
    });

    [Fact]
    public void A_restart_anywhere_gives_the_same_journal() => Gen.Select(Steps, Gen.Int[0, 59]).Sample((steps, at) =>
    {
        var (whole, restarted) = (new Watched(Rules), new Watched(Rules));
        for (var i = 0; i < steps.Length; i++)
        {
            // Uses the rules at that time, unlike a restart of the test's sensor.
            if (steps[i].Kind == 9)
                continue;
            if (i == at)
                restarted.Restarts();
            Take(whole, steps[i], 10 * i);
            Take(restarted, steps[i], 10 * i);
        }

        // The journal does not contain the levels between two entries.
        restarted.Journal.Select(change => (change.Transition, Shallow(change.Alert))).ShouldBe(whole.Journal.Select(change => (change.Transition, Shallow(change.Alert))));
        restarted.Watch.Alerts.Select(Shallow).ShouldBe(whole.Watch.Alerts.Select(Shallow));

        static Alert Shallow(Alert alert) => alert with { Chattering = alert.Chattering is { } chattering ? chattering with { Deadband = 0 } : null };
    });

    [Fact]
    public void Sensors_among_each_other_have_each_the_journal_it_has_alone() => Gen.Select(Steps, Steps, Gen.Int[1, 3]).Sample((one, other, turns) =>
    {
        SensorRule[] shared = [.. Rules.Select(rule => new SensorRule(rule, "m/s²"))];
        var (numbers, journal) = (new JournalNumbers(0, 0), new List<AlertChange>());
        var together = new[] { new Watched(shared, "A") { Numbers = numbers, Journal = journal }, new Watched(shared, "B") { Numbers = numbers, Journal = journal } };
        Step[][] steps = [one, other];
        for (var i = 0; i < Math.Max(one.Length, other.Length); i += turns)
        {
            for (var sensor = 0; sensor < 2; sensor++)
            {
                for (var turn = i; turn < Math.Min(i + turns, steps[sensor].Length); turn++)
                    Take(together[sensor], steps[sensor][turn], 10 * turn);
            }
        }

        for (var sensor = 0; sensor < 2; sensor++)
        {
            var alone = new Watched(shared, "AB"[sensor].ToString());
            for (var turn = 0; turn < steps[sensor].Length; turn++)
                Take(alone, steps[sensor][turn], 10 * turn);
            journal.Where(change => change.Alert.SensorId == alone.SensorId).Select(Numberless).ShouldBe(alone.Journal.Select(Numberless));
        }

        journal.Select(change => change.Transition.Position).ShouldBe(Enumerable.Range(1, journal.Count).Select(position => (long)position));

        static AlertTransition Numberless(AlertChange change) => change.Transition with { Position = 0, AlertId = 0 };
    });

    private static void Take(Watched sensor, Step step, double seconds)
    {
        var alert = sensor.Watch.Alerts.IsEmpty ? null : sensor.Watch.Alerts[step.Number % sensor.Watch.Alerts.Length];
        switch (step.Kind)
        {
            case 1 when alert is not null:
                Do(AlertTrigger.Acknowledged, draft => draft with { By = "Ada", Until = step.Number % 2 == 0 ? Watched.At(seconds + 50) : null });
                break;
            case 2:
                sensor.Shelves((ConditionKind)step.Number, Watched.At(seconds + 60));
                break;
            case 3 when alert is not null:
                Do(step.Number % 2 == 0 ? AlertTrigger.TakenOutOfService : AlertTrigger.ReturnedToService, draft => draft with { By = "Ada" });
                break;
            case 4 when alert is not null:
                Do(step.Number % 2 == 0 ? AlertTrigger.Assigned : AlertTrigger.Commented, draft => draft with { By = "Ada", Owner = "Grace" });
                break;
            case 5 when alert is not null:
                Do(AlertTrigger.Unshelved, draft => draft);
                break;
            case 6:
                sensor.TimeIs(seconds);
                break;
            case 7 when sensor.Readings.Count > 0:
                sensor.IsSilentUntil(seconds);
                break;
            case 8 when sensor.Readings.Count > 1:
                sensor.SeesLate(Watched.Reading(Watched.Seconds(sensor.Now) - step.Number - 0.5, step.Level));
                break;
            case 9:
                sensor.Watch.ChangeRules(step.Number % 2 == 0 ? Fewer : [.. Rules.Select(rule => new SensorRule(rule, "m/s²"))], sensor.Readings, Watched.At(seconds), sensor.Writer);
                break;
            case 0:
                sensor.Sees(Watched.Reading(seconds, step.Level));
                break;
        }

        void Do(AlertTrigger trigger, Func<AlertTransition, AlertTransition> with) =>
            sensor.Watch.Append(alert!, with(AlertTransition.Draft(trigger, Watched.At(seconds))), sensor.Writer);
    }

    /// <summary>A step of a sequence.</summary>
    /// <param name="Kind">0 for a reading, else one of the other steps.</param>
    /// <param name="Level">Its level.</param>
    /// <param name="Number">Selects the variant.</param>
    private readonly record struct Step(int Kind, double Level, int Number);
}
