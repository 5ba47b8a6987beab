using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class SensorClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SensorClock _clock = new();

    private double Lead => _clock.Lead.TotalSeconds;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.5, 0)]
    [InlineData(-7200, 0)]
    [InlineData(4, 4)]
    public void A_clock_that_is_on_time_or_slow_is_not_ahead(double lead, double expected)
    {
        for (var second = 0; second < 5; second++)
            Arrives(second, lead);

        Lead.ShouldBe(expected);
        IsAhead(5, expected + 5).ShouldBeFalse();
        IsAhead(5, expected + 5.001).ShouldBeTrue();
    }

    [Fact]
    public void A_clock_that_is_fast_from_the_beginning_is_known_with_the_third_reading()
    {
        Arrives(0, 240.2);
        Arrives(1, 240);
        (Lead, IsAhead(1, 240)).ShouldBe((0, true));

        Arrives(2, 240.1);

        (Lead, IsAhead(2, 244), IsAhead(2, 246)).ShouldBe((240, false, true));
    }

    [Fact]
    public void A_single_timestamp_says_nothing()
    {
        Arrives(0, 0);
        Arrives(1, 240);
        Arrives(2, 0);
        Arrives(100, 240);
        Arrives(101, 240);

        Lead.ShouldBe(0);
    }

    [Fact]
    public void One_reading_on_time_shows_that_the_clock_is_not_ahead()
    {
        for (var second = 0; second < 10; second++)
            Arrives(second, 240);

        Arrives(10, -1);

        Lead.ShouldBe(0);
    }

    [Fact]
    public void Of_two_clocks_the_slower_counts_until_it_has_been_silent_for_a_minute()
    {
        Arrives(0, 0);
        for (var second = 1; second <= 60; second++)
        {
            Arrives(second, 240);
            Lead.ShouldBe(0);
        }

        Arrives(61, 240);

        Lead.ShouldBe(240);
    }

    [Fact]
    public void A_reading_that_was_delayed_by_more_than_a_minute_says_nothing()
    {
        for (var second = 0; second < 3; second++)
            Arrives(second, 240);

        Arrives(3, -61);
        Lead.ShouldBe(240);

        Arrives(4, -60);
        Lead.ShouldBe(0);
    }

    [Fact]
    public void It_reaches_a_time_by_itself()
    {
        _clock.HasReached(Start.AddSeconds(0.1), Start).ShouldBeFalse();
        _clock.HasReached(Start, Start).ShouldBeTrue();

        for (var second = 0; second < 3; second++)
            Arrives(second, 240);

        _clock.HasReached(Start.AddSeconds(240), Start).ShouldBeTrue();
        _clock.HasReached(Start.AddSeconds(240.1), Start).ShouldBeFalse();
    }

    private void Arrives(double second, double lead) => _clock.Observe(Start.AddSeconds(second + lead), Start.AddSeconds(second));

    private bool IsAhead(double second, double lead) => _clock.IsAhead(Start.AddSeconds(second + lead), Start.AddSeconds(second));
}
