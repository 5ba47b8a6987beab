using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Tests.Alerts;

public sealed class StuckTests
{
    public static TheoryData<string, double[], bool> Sequences => new()
    {
        { "as often as allowed", [1, 1, 1], false },
        { "once more", [1, 1, 1, 1], true },
        { "another in between", [1, 1, 1, 1.1, 1, 1, 1], false },
        { "all zero", [0, 0, 0, 0], true },
        { "it moves again", [1, 1, 1, 1, 1.1], false },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void The_same_level_more_than_three_times(string why, double[] levels, bool isStuck) =>
        new Watched(Sample.Stuck(3)).Sees(levels).Watch.Alerts.Any(alert => alert.Facts.IsActive).ShouldBe(isStuck, why);

    [Fact]
    public void What_is_on_record_is_a_number_of_readings()
    {
        var alert = new Watched(Sample.Stuck(3)).Sees(1, 1, 1, 1).Alert;

        (alert.Level, alert.Threshold, alert.Unit).ShouldBe((4, 3, "readings"));
    }

    [Fact]
    public void Readings_of_the_machine_at_rest_do_not_count()
    {
        // Regression: after a weekend of zeros, the first reading of the running machine, also zero, was one too many.
        var sensor = new Watched(Sample.Stuck(3).GatedByState());
        for (var i = 0; i < 10; i++)
            sensor.Sees(Watched.Reading(i, 0) with { MachineRuns = false });

        sensor.Sees(0, 0, 0).Journal.ShouldBeEmpty();
        sensor.Sees(0).State.ShouldBe(AlertState.Unacknowledged);
    }

    [Theory]
    [InlineData(0.9, 0.9)]
    [InlineData(10, 0.9)]
    public void A_rule_that_would_never_end_is_refused(double threshold, double recovery) =>
        FaultText.Of(Sample.Warning(new(ConditionKind.Stuck), threshold, recovery).Fault().ShouldNotBeNull()).ShouldContain("at least 1 reading");
}
