using VibeDash.Client.Trends;

namespace VibeDash.Client.Tests.Trends;

public sealed class PeriodTrailTests
{
    private readonly PeriodTrail _trail = new();

    [Fact]
    public void Each_step_back_leads_to_what_was_shown_before()
    {
        _trail.Last.ShouldBeNull();
        _trail.Move(Hours(1), Hours(2));
        _trail.Move(Hours(2), Hours(3));

        _trail.Last.ShouldBe(Hours(2));
        _trail.Move(Hours(3), Hours(2));
        _trail.Last.ShouldBe(Hours(1));
        _trail.Move(Hours(2), Hours(1));
        _trail.Last.ShouldBeNull();
    }

    [Fact]
    public void Of_a_long_way_the_newest_steps_are_kept()
    {
        for (var hours = 1; hours <= PeriodTrail.MaximumSteps + 10; hours++)
            _trail.Move(Hours(hours), Hours(hours + 1));

        var back = new List<TrendPeriod>();
        for (var shown = Hours(PeriodTrail.MaximumSteps + 11); _trail.Last is { } last; shown = last)
        {
            back.Add(last);
            _trail.Move(shown, last);
        }

        back.ShouldBe(Enumerable.Range(11, PeriodTrail.MaximumSteps).Reverse().Select(Hours));
    }

    private static TrendPeriod Hours(int hours) => TrendPeriod.Live(TimeSpan.FromHours(hours));
}
