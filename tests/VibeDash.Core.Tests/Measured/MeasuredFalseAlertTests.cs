using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Measured;

/// <summary>
/// The default rule of levels on measured machines, beside the one it replaced, in which a single reading was enough for Critical. A raise is false when
/// it is over before the documented onset. The figures are in docs/alerts.md.
/// </summary>
public sealed class MeasuredFalseAlertTests
{
    private static readonly AlertRule Now = AlertRule.Defaults[0];

    private static readonly AlertRule Before = Now with { Tiers = [Now.Tiers[0], Now.Tiers[1] with { OnDelay = AlertDelay.AtOnce, AtOnce = null }] };

    [Fact]
    public void A_machine_that_runs_on_has_one_false_alert_in_all_sets_together()
    {
        MeasuredSensor[] sensors = [.. MeasuredSets.Ims(), .. MeasuredSets.Skab(), .. MeasuredSets.Femto()];
        Report(sensors);

        // Much less than a sensor year of such data is at hand, so this is the number of all sets together.
        False(sensors, Before).ShouldBe(3);
        False(sensors, Now).ShouldBe(1);
        False([.. MeasuredSets.Ims(), .. MeasuredSets.Skab()], Now).ShouldBe(0);
    }

    [Fact]
    public void No_documented_failure_is_missed_and_none_is_told_later_than_a_confirmation_takes()
    {
        MeasuredSensor[] sensors = [.. MeasuredSets.Ims(), .. MeasuredSets.Skab(), .. MeasuredSets.Femto()];
        var (before, now) = (Told(sensors, Before), Told(sensors, Now));

        now.Keys.ShouldBe(before.Keys);
        foreach (var (failure, at) in now)
            TestContext.Current.TestOutputHelper?.WriteLine($"{failure}: before {before[failure]:u}, now {at:u}");
        now.Where(told => told.Value != before[told.Key]).Select(told => (told.Key, told.Value - before[told.Key])).ShouldBe([("SKAB other_5", TimeSpan.FromSeconds(2))]);
    }

    [Fact]
    public void A_machine_that_stands_still_needs_a_run_level()
    {
        MeasuredSensor[] sensors = [.. MeasuredSets.Field()], gated = [.. sensors.Select(sensor => sensor.WithRunLevel())];
        Report(sensors);
        Report(gated);

        (False(sensors, Before), False(sensors, Now)).ShouldBe((3305, 2689));
        (False(gated, Before), False(gated, Now)).ShouldBe((411, 307));
    }

    // With a run level. A baseline of at least half of the level that 99 % of what was learned stay below would lie under no usual level.
    [Theory]
    [InlineData(24, 307, 307)]
    [InlineData(72, 193, 51)]
    [InlineData(168, 118, 55)]
    [InlineData(336, 90, 6)]
    [InlineData(720, 53, 7)]
    public void Neither_more_time_nor_the_spread_gives_one_false_alert_a_year_before_a_failure_is_missed(double hours, int median, int spread)
    {
        MeasuredSensor[] field = [.. MeasuredSets.Field().Select(sensor => sensor.WithRunLevel())];
        var demand = new LearningDemand(100, hours);

        (Count(null), Count(0.99)).ShouldBe((median, spread));

        // The bearing fails for good within a week of running.
        var isTold = MeasuredSets.Ims().SelectMany(sensor => MeasuredReplay.Raises(sensor, Now, demand)).Any(raise => !raise.IsFalse);
        isTold.ShouldBe(hours < 168);

        int Count(double? usual) => field.SelectMany(sensor => MeasuredReplay.Raises(sensor, Now, demand, usual)).Count(raise => raise.IsFalse);
    }

    private static int False(MeasuredSensor[] sensors, AlertRule rule) => sensors.SelectMany(sensor => MeasuredReplay.Raises(sensor, rule)).Count(raise => raise.IsFalse);

    // The first raise of each failure, on any sensor of its machine.
    private static SortedDictionary<string, DateTimeOffset> Told(MeasuredSensor[] sensors, AlertRule rule) => new(
        sensors.SelectMany(sensor => MeasuredReplay.Raises(sensor, rule)).Where(raise => !raise.IsFalse)
            .GroupBy(raise => raise.Departure!.Name).ToDictionary(raises => raises.Key, raises => raises.Min(raise => raise.At)),
        StringComparer.Ordinal);

    private static void Report(MeasuredSensor[] sensors)
    {
        foreach (var set in sensors.GroupBy(sensor => sensor.Set))
        {
            var years = set.Sum(sensor => sensor.Observed.TotalDays) / 365.25;
            foreach (var (name, rule) in new[] { ("before", Before), ("now", Now) })
            {
                var raises = set.SelectMany(sensor => MeasuredReplay.Raises(sensor, rule)).ToArray();
                TestContext.Current.TestOutputHelper?.WriteLine($"{set.Key}, {name}: {years:0.0000} sensor years, {raises.Length} raises, {raises.Count(raise => raise.IsFalse)} false");
            }
        }
    }
}
