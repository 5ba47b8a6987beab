using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class SensorClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SensorClock _clock = new();

    private double Lead => _clock.Lead.TotalSeconds;

    private double Lag => _clock.Lag.TotalSeconds;

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
    public void A_clock_is_behind_when_readings_are_late_by_the_same_time_for_a_minute()
    {
        for (var second = 0; second < 60; second += 10)
        {
            Arrives(second, -300 - (second % 20 * 0.2));
            Lag.ShouldBe(0);
        }

        Arrives(60, -304);
        (Lag, Lead, IsAhead(61, 4)).ShouldBe((300, 0, false));

        Arrives(70, -20);
        Lag.ShouldBe(0);
    }

    [Fact]
    public void Two_readings_in_a_row_do_not_show_a_clock_that_is_behind()
    {
        Arrives(0, -3600);
        Arrives(900, -3600);
        Lag.ShouldBe(0);

        Arrives(1800, -3600);
        Lag.ShouldBe(3600);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(10)]
    [InlineData(1.2)]
    public void A_backlog_does_not_show_a_clock_that_is_behind(double timesAsFast)
    {
        // An hour of readings, one each second, catching up.
        for (var second = 0; second < 3600; second++)
        {
            var arrivesAt = 3600 + (second / timesAsFast);
            Arrives(arrivesAt, second - arrivesAt);
            Lag.ShouldBe(0, $"{second}");
        }
    }

    [Fact]
    public void A_clock_that_is_behind_by_another_time_is_known_after_another_minute()
    {
        for (var second = 0; second <= 60; second++)
            Arrives(second, -300);
        for (var second = 61; second <= 120; second++)
        {
            Arrives(second, -7500);
            Lag.ShouldBe(300);
        }

        Arrives(121, -7500);
        Lag.ShouldBe(7500);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(60.0, false)]
    [InlineData(61.0, true)]
    [InlineData(-60.0, false)]
    [InlineData(-61.0, true)]
    public void A_clock_is_off_by_more_than_a_minute(double? offset, bool isOff) => SensorClock.IsOff(offset).ShouldBe(isOff);

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
