using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>A clock that is two minutes ahead, and a rule that waits for three readings, or for some time. How far it was ahead is not stored.</summary>
public sealed class ClockOffDelayTests
{
    [Theory]
    [InlineData("")]
    [InlineData("late")]
    [InlineData("rules")]
    public void What_is_evaluated_again_does_not_begin_the_count_again(string what)
    {
        // Regression: each late reading began it again, so an on-delay of hours was never over.
        var sensor = new Watched(Rule(new(3)));
        for (var second = 0; second < 6; second++)
        {
            sensor.Sees(Ahead(second));
            Again(sensor, what, second);
        }

        sensor.Times.ShouldBe([(Raised, 2)]);
        sensor.Alert.Since.ShouldBe(Watched.At(0));
    }

    [Theory]
    [InlineData("late")]
    [InlineData("rules")]
    public void Nor_a_time(string what)
    {
        var sensor = new Watched(Rule(Sample.For(60)));
        for (var second = 0; second < 100; second += 10)
        {
            sensor.Sees(Ahead(second));
            Again(sensor, what, second);
        }

        sensor.Times.ShouldBe([(Raised, 60)]);
        sensor.Sees(Ahead(100, lead: 0));
        Again(sensor, what, 100);
        sensor.Times.ShouldBe([(Raised, 60), (Cleared, 100)]);
    }

    [Fact]
    public void A_changed_rule_does()
    {
        var sensor = new Watched(Rule(new(3))).Sees(Ahead(0)).Sees(Ahead(1));

        sensor.Watch.ChangeRules([new(Rule(new(3)) with { Version = 2 }, "m/s²")], sensor.Readings.Select(Stored), Watched.At(2), sensor.Writer);
        sensor.Sees(Ahead(2)).Sees(Ahead(3)).Journal.ShouldBeEmpty();

        sensor.Sees(Ahead(4)).Times.ShouldBe([(Raised, 4)]);
    }

    private static void Again(Watched sensor, string what, double second)
    {
        if (what == "late")
        {
            for (var i = 0; i < sensor.Readings.Count; i++)
                sensor.Readings[i] = Stored(sensor.Readings[i]);
            sensor.SeesLate(Stored(Watched.Reading(second - 0.5, 1)));
        }
        else if (what == "rules")
        {
            sensor.Watch.ChangeRules([.. sensor.Watch.Rules], sensor.Readings.Select(Stored), sensor.Now, sensor.Writer);
        }
    }

    private static AlertRule Rule(AlertDelay delay) => Sample.Rule(new(ConditionKind.ClockOff), new AlertTier(Severity.Advisory, 60, 60, delay));

    private static EvaluatedReading Ahead(double second, double lead = 120) => Watched.Reading(second, 1) with { ClockOff = lead };

    private static EvaluatedReading Stored(EvaluatedReading reading) => reading with { ClockOff = double.NaN };
}
