using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class TimingTests
{
    // Above 2, recovering at 1.5; readings a second apart.
    public static TheoryData<string, AlertDelay, AlertDelay, double[], AlertTrigger[]> Sequences => new()
    {
        { "at once", new(1), new(1), [2.1], [Raised] },
        { "one of three", new(3), new(1), [2.1], [] },
        { "two of three", new(3), new(1), [2.1, 2.1], [] },
        { "three of three", new(3), new(1), [2.1, 2.1, 2.1], [Raised] },
        { "an interruption starts the count again", new(3), new(1), [2.1, 2.1, 2.0, 2.1, 2.1], [] },
        { "and it may be completed then", new(3), new(1), [2.1, 2.1, 2.0, 2.1, 2.1, 2.1], [Raised] },
        { "after the end it needs the whole on-delay again", new(2), new(1), [2.1, 2.1, 1, 2.1], [Raised, Cleared] },
        { "a time: not yet", new(1, TimeSpan.FromSeconds(3)), new(1), [2.1, 2.1, 2.1], [] },
        { "a time: at it", new(1, TimeSpan.FromSeconds(3)), new(1), [2.1, 2.1, 2.1, 2.1], [Raised] },
        { "a time: interrupted", new(1, TimeSpan.FromSeconds(3)), new(1), [2.1, 2.1, 1, 2.1, 2.1], [] },
        { "readings and a time: readings are missing", new(5, TimeSpan.FromSeconds(2)), new(1), [2.1, 2.1, 2.1, 2.1], [] },
        { "readings and a time: the time is missing", new(2, TimeSpan.FromSeconds(3)), new(1), [2.1, 2.1, 2.1], [] },
        { "readings and a time: both", new(2, TimeSpan.FromSeconds(3)), new(1), [2.1, 2.1, 2.1, 2.1], [Raised] },
        { "recovery delay: one of two", new(1), new(2), [2.1, 1], [Raised] },
        { "recovery delay: two of two", new(1), new(2), [2.1, 1, 1], [Raised, Cleared] },
        { "recovery delay: interrupted above the recovery threshold", new(1), new(2), [2.1, 1, 1.6, 1], [Raised] },
        { "recovery delay: a time", new(1), new(1, TimeSpan.FromSeconds(2)), [2.1, 1, 1], [Raised] },
        { "recovery delay: that time", new(1), new(1, TimeSpan.FromSeconds(2)), [2.1, 1, 1, 1], [Raised, Cleared] },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Readings_have_to_be_so_for_long_enough(string why, AlertDelay hold, AlertDelay recovery, double[] levels, AlertTrigger[] triggers)
    {
        var rule = Sample.Rule(new(ConditionKind.LevelAbove) { Unit = "m/s²" }, new AlertTier(Severity.Warning, 2, 1.5, hold)) with { OffDelay = recovery };

        new Watched(rule).Sees(levels).Triggers.ShouldBe(triggers, why);
    }

    [Fact]
    public void Since_is_where_it_began_and_raised_where_it_had_held()
    {
        var sensor = new Watched(Sample.Above(2, 1.5, hold: 3).Recovering(readings: 2)).Sees(1, 2.1, 2.2, 2.3, 1, 1);

        (sensor.Alert.Since, sensor.Alert.RaisedAt, sensor.Alert.Level, sensor.Alert.ClearedAt).ShouldBe((Watched.At(1), Watched.At(3), 2.3, Watched.At(5)));
        sensor.Journal[1].Transition.Evaluation.ShouldNotBeNull().Since.ShouldBe(Watched.At(4));
    }

    [Fact]
    public void Readings_of_one_moment_count_each()
    {
        var sensor = new Watched(Sample.Above(2, hold: 3));
        for (var i = 0; i < 3; i++)
            sensor.Sees(Watched.Reading(0, 2.1));

        sensor.State.ShouldBe(AlertState.Unacknowledged);
    }
}
