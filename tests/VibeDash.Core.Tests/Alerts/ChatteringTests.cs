using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Alerts;

public sealed class ChatteringTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AlertRule Rule = new("Level", AlertScope.All, new(ConditionKind.LevelAbove) { Unit = "mm/s" }, [new(Severity.Warning, 4, 3.9, AlertDelay.AtOnce)])
    {
        Id = 1, Version = 1,
    };

    [Fact]
    public void Three_cycles_in_a_minute_are_marked_with_what_would_have_kept_the_alert_raised()
    {
        // Down for 2 s to 3.5, then for 4 s to 3.8.
        var last = Evaluate((0, 5), (5, 3.5), (7, 5), (20, 3.8), (22, 3.9), (24, 5)).Alerts[0];

        last.Chattering.ShouldBe(new Chattering(3, 0.5, TimeSpan.FromSeconds(4)));
        var calmed = Rule with { OffDelay = new(1, TimeSpan.FromSeconds(4.5)) };
        Evaluate(calmed, (0, 5), (5, 3.5), (7, 5), (20, 3.8), (22, 3.9), (24, 5)).Alerts[0].Raises.ShouldBe(1);
        var deadband = Rule with { Tiers = [Rule.Tiers[0] with { Recovery = 4 - 0.5 - 0.01 }] };
        Evaluate(deadband, (0, 5), (5, 3.5), (7, 5), (20, 3.8), (22, 3.9), (24, 5)).Alerts[0].Raises.ShouldBe(1);
    }

    [Fact]
    public void Two_cycles_or_three_in_more_than_a_minute_are_none()
    {
        Evaluate((0, 5), (5, 3), (7, 5)).Alerts[0].Chattering.ShouldBeNull();
        Evaluate((0, 5), (20, 3), (40, 5), (60, 3), (61, 5)).Alerts[0].Chattering.ShouldBeNull();
    }

    [Fact]
    public void It_is_told_over_alerts_that_were_acknowledged_in_between()
    {
        var (watch, entries) = (new SensorWatch("VB-1", new RuleBook([Rule]).For("VB-1", new("", null, null, null, null), [], "mm/s"), []), new List<AlertChange>());
        var journal = new JournalWriter(new(0, 0), entries);
        for (var i = 0; i < 3; i++)
        {
            watch.Evaluate(Reading(10 * i, 5), gapIsCertain: false, journal);
            watch.Append(watch.Alerts[0], AlertTransition.Draft(AlertTrigger.Acknowledged, Start) with { By = "Ada" }, journal);
            watch.Evaluate(Reading((10 * i) + 5, 3), gapIsCertain: false, journal);
        }

        entries.Where(change => change.Transition.Trigger == AlertTrigger.Raised).Select(change => change.Alert.Chattering?.Cycles).ShouldBe([null, null, 3]);
    }

    [Theory]
    [InlineData(2, 60, 3)]
    [InlineData(2, 10, 2)]
    [InlineData(2, 9, null)]
    [InlineData(3, 19, null)]
    [InlineData(3, 20, 3)]
    [InlineData(4, 60, null)]
    public void How_many_cycles_in_which_time_are_chattering_can_be_set(int cycles, int seconds, int? told)
    {
        var watch = new SensorWatch("VB-1", [new(Rule, "mm/s")], [], chattering: new(cycles, TimeSpan.FromSeconds(seconds)));
        Evaluate(watch, [(0, 5), (5, 3), (10, 5), (15, 3), (20, 5)]);

        (watch.Alerts[0].Chattering?.Cycles).ShouldBe(told);
    }

    [Fact]
    public void It_goes_on_being_counted_from_the_journal()
    {
        var entries = new List<AlertChange>();
        var journal = new JournalWriter(new(0, 0), entries);
        var before = new SensorWatch("VB-1", [new(Rule, "mm/s")], []);
        Evaluate(before, [(0, 5), (5, 3.5), (7, 5), (20, 3.8)], journal);
        var after = new SensorWatch("VB-1", [new(Rule, "mm/s")], before.Alerts);
        foreach (var change in entries)
            after.Recall(change.Alert.Kind, change.Transition);

        Evaluate(after, [(24, 5)], journal);

        after.Alerts[0].Chattering.ShouldBe(new Chattering(3, 0.5, TimeSpan.FromSeconds(4)));
    }

    private static SensorWatch Evaluate(params (int Second, double Level)[] readings) => Evaluate(Rule, readings);

    private static SensorWatch Evaluate(AlertRule rule, params (int Second, double Level)[] readings)
    {
        var watch = new SensorWatch("VB-1", new RuleBook([rule]).For("VB-1", new("", null, null, null, null), [], "mm/s"), []);
        Evaluate(watch, readings);
        return watch;
    }

    private static void Evaluate(SensorWatch watch, (int Second, double Level)[] readings, JournalWriter? journal = null)
    {
        journal ??= new(new(0, 0), new List<AlertChange>());
        foreach (var (second, level) in readings)
            watch.Evaluate(Reading(second, level), gapIsCertain: false, journal);
    }

    private static EvaluatedReading Reading(int second, double level) => new(new Reading("VB-1", Start.AddSeconds(second), $"{second}", level, 0, "mm/s"), 0);
}
