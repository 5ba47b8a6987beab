using VibeDash.Client.Trends;

namespace VibeDash.Client.Tests.Trends;

public sealed class TrendPeriodTests
{
    private static readonly DateTimeOffset Now = Some.Time;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_live_period_ends_now_and_moves_on()
    {
        var period = TrendPeriod.Live(Hour);

        (period.From(Now), period.To(Now)).ShouldBe((Now - Hour, Now));
        (period.From(Now + Hour), period.To(Now + Hour)).ShouldBe((Now, Now + Hour));
    }

    [Theory]
    [InlineData(-40, -20, false)]
    [InlineData(-20, 0, true)]
    [InlineData(-20, 30, true)]
    public void A_gesture_that_reaches_now_makes_the_period_live(int from, int to, bool live)
    {
        var moved = TrendPeriod.Live(Hour).Moved(Now.AddMinutes(from), Now.AddMinutes(to), Now);

        moved.IsLive.ShouldBe(live);
        moved.Length.ShouldBe(TimeSpan.FromMinutes(to - from));
    }

    [Fact]
    public void What_ends_a_little_before_now_is_meant_to_end_now_but_not_when_it_is_short()
    {
        TrendPeriod.Live(Hour).Moved(Now.AddMinutes(-20), Now.AddSeconds(-10), Now).IsLive.ShouldBeTrue();
        TrendPeriod.Live(Hour).Moved(Now.AddSeconds(-20), Now.AddSeconds(-10), Now).IsLive.ShouldBeFalse();
    }

    [Fact]
    public void Zooming_keeps_the_middle_of_a_fixed_period_and_the_end_of_a_live_one()
    {
        var @fixed = TrendPeriod.Until(Now.AddDays(-1), Hour).Zoomed(0.5, Now);
        (@fixed.From(Now), @fixed.To(Now)).ShouldBe((Now.AddDays(-1).AddMinutes(-45), Now.AddDays(-1).AddMinutes(-15)));

        TrendPeriod.Live(Hour).Zoomed(2, Now).ShouldBe(TrendPeriod.Live(2 * Hour));
    }

    [Fact]
    public void Panning_into_the_future_is_live()
    {
        var earlier = TrendPeriod.Live(Hour).Panned(-0.5, Now);
        earlier.ShouldBe(TrendPeriod.Until(Now.AddMinutes(-30), Hour));

        earlier.Panned(0.5, Now).ShouldBe(TrendPeriod.Live(Hour));
    }

    [Fact]
    public void Lengths_and_times_that_cannot_be_shown_become_the_nearest_that_can()
    {
        TrendPeriod.Live(TimeSpan.Zero).Length.ShouldBe(TrendPeriod.MinimumLength);
        TrendPeriod.Live(TimeSpan.MaxValue).Length.ShouldBe(TrendPeriod.MaximumLength);
        TrendPeriod.Until(DateTimeOffset.MinValue, Hour).From(Now).Year.ShouldBe(1971);
        TrendPeriod.Until(DateTimeOffset.MaxValue, Hour).Panned(1, DateTimeOffset.MaxValue.AddYears(-1)).To(Now).Year.ShouldBe(2200);
        default(TrendPeriod).Length.ShouldBe(TrendRange.Default.Length);
    }

    [Fact]
    public void Holding_keeps_what_is_shown() => TrendPeriod.Live(Hour).Held(Now).ShouldBe(TrendPeriod.Between(Now - Hour, Now));
}
