using VibeDash.Core.Trends;

namespace VibeDash.Core.Tests.Trends;

public sealed class SparklineTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_keeps_the_latest_forty_points()
    {
        var sparkline = Every(TimeSpan.FromSeconds(1), [.. Enumerable.Range(0, 100).Select(i => (double)i)]);

        sparkline.Points.Select(point => point.Level).ShouldBe(Enumerable.Range(60, 40).Select(i => (double)i));
        new Sparkline(Enumerable.Range(0, 100).Select(i => new SparkPoint(i * 1000, i))).Points.Select(point => point.Level)
            .ShouldBe(Enumerable.Range(60, 40).Select(i => (double)i));
    }

    [Fact]
    public void Of_readings_within_a_second_the_highest_stays()
    {
        var sparkline = Every(TimeSpan.FromMilliseconds(250), 1, 9, 2, 3, 4, 1);

        sparkline.Points.ShouldBe([new SparkPoint(Start.ToUnixTimeMilliseconds(), 9), new SparkPoint(Start.AddSeconds(1).ToUnixTimeMilliseconds(), 4)]);
    }

    [Fact]
    public void Of_signed_readings_within_a_second_the_one_farthest_from_zero_stays() =>
        Every(TimeSpan.FromMilliseconds(250), 1, -9, 2, -3, -4, -5).Points.Select(point => point.Level).ShouldBe([-9, -5]);

    [Fact]
    public void Below_zero_a_direction_is_that_of_the_level()
    {
        Every(TimeSpan.FromSeconds(1), -20, -20, -20, -20, -20, -20, -20, -20, -20, -10, -10, -10).Direction(0).ShouldBe(TrendDirection.Rising);
        Every(TimeSpan.FromSeconds(1), -10, -10, -10, -10, -10, -10, -10, -10, -10, -20, -20, -20).Direction(0).ShouldBe(TrendDirection.Falling);
        Every(TimeSpan.FromSeconds(1), -20, -20, -20, -20, -20, -20, -20, -20, -20, -20.1, -20.1, -20.1).Direction(0).ShouldBe(TrendDirection.Steady);
    }

    [Fact]
    public void When_the_clock_goes_back_the_points_beyond_it_go()
    {
        var sparkline = Every(TimeSpan.FromSeconds(10), 1, 2, 3);

        sparkline.Add(Start.AddSeconds(5), 9);

        sparkline.Points.Select(point => point.Level).ShouldBe([1, 9]);
    }

    [Fact]
    public void A_steady_stream_never_stretches_a_point()
    {
        var sparkline = Every(TimeSpan.FromMilliseconds(300), [.. Enumerable.Repeat(1.0, 1000)]);

        sparkline.Points.Zip(sparkline.Points.Skip(1), (a, b) => b.Time - a.Time).ShouldAllBe(distance => distance == 1200);
    }

    [Theory]
    [InlineData(TrendDirection.Steady, new double[] { })]
    [InlineData(TrendDirection.Steady, new double[] { 1, 9 })]
    [InlineData(TrendDirection.Rising, new double[] { 1, 1, 2 })]
    [InlineData(TrendDirection.Falling, new double[] { 2, 1, 1 })]
    [InlineData(TrendDirection.Steady, new double[] { 1, 9, 1 })]
    [InlineData(TrendDirection.Steady, new double[] { 1, 1, 1.04 })]
    [InlineData(TrendDirection.Rising, new double[] { 1, 1, 1.06 })]
    [InlineData(TrendDirection.Falling, new double[] { 1.06, 1, 1 })]
    [InlineData(TrendDirection.Rising, new double[] { 1, 1.2, 1, 1.3, 1.2, 1.3 })]
    [InlineData(TrendDirection.Steady, new double[] { 9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(TrendDirection.Falling, new double[] { 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 1 })]
    public void The_latest_points_are_compared_with_earlier_ones(TrendDirection direction, double[] levels) =>
        Every(TimeSpan.FromSeconds(1), levels).Direction(baseline: 1).ShouldBe(direction);

    [Fact]
    public void A_movement_is_measured_by_the_baseline_and_without_one_by_the_earlier_mean()
    {
        var sparkline = Every(TimeSpan.FromSeconds(1), 1, 1, 1.2);

        sparkline.Direction(baseline: 10).ShouldBe(TrendDirection.Steady);
        sparkline.Direction(baseline: 1).ShouldBe(TrendDirection.Rising);
        sparkline.Direction(baseline: 0).ShouldBe(TrendDirection.Rising);
    }

    [Theory]
    [InlineData(0, 1, 60)]
    [InlineData(1, 1, 60)]
    [InlineData(2, 600, 60)]
    [InlineData(3, 1, 30)]
    [InlineData(40, 1, 30)]
    [InlineData(40, 10, 40)]
    [InlineData(40, 900, 3600)]
    [InlineData(40, 86_400, 86_400)]
    public void Stale_is_four_times_the_cadence_within_limits(int readings, int secondsApart, int staleAfter) =>
        Every(TimeSpan.FromSeconds(secondsApart), [.. Enumerable.Repeat(1.0, readings)]).StaleAfter().ShouldBe(TimeSpan.FromSeconds(staleAfter));

    [Fact]
    public void One_long_silence_does_not_change_the_cadence()
    {
        var sparkline = Every(TimeSpan.FromSeconds(10), 1, 1, 1, 1, 1);
        sparkline.Add(Start.AddDays(3), 1);

        sparkline.StaleAfter().ShouldBe(TimeSpan.FromSeconds(40));
    }

    private static Sparkline Every(TimeSpan interval, params double[] levels)
    {
        var sparkline = new Sparkline();
        for (var i = 0; i < levels.Length; i++)
            sparkline.Add(Start + (i * interval), levels[i]);
        return sparkline;
    }
}
