using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

/// <summary>Learning a baseline.</summary>
public sealed class BaselineLearnerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(15, 100, 24, 100)]
    [InlineData(10, 100, 24, 145)]
    [InlineData(15, 100, 1, 100)]
    [InlineData(15, 20, 0, 20)]
    [InlineData(240, 10, 5, 10)]
    [InlineData(240, 10, 12, 13)]
    public void It_takes_both_the_readings_and_the_running_time(int minutes, int readings, double hours, int complete)
    {
        var learner = new BaselineLearner(new(readings, hours));

        // After 4 h of silence nobody knows for how long the machine ran: an hour at most counts.
        for (var i = 1; i < complete; i++)
            learner.Add(Start.AddMinutes(minutes * i), 2 + (i % 3)).ShouldBeFalse();
        learner.Add(Start.AddMinutes(minutes * complete), 3).ShouldBeTrue();

        var (median, deviation, count, runLevel) = learner.Result();
        (count, runLevel).ShouldBe((complete, null));
        (median, deviation).ShouldBe((3, 1), (median, deviation).ToString());
    }

    [Fact]
    public void What_was_at_standstill_is_no_running_time()
    {
        var learner = new BaselineLearner(new(10, 2));
        for (var i = 0; i < 9; i++)
            learner.Add(Start.AddMinutes(10 * i), 3);

        for (var i = 9; i < 100; i++)
            learner.Skip(Start.AddMinutes(10 * i));
        learner.Progress.ShouldBe(new LearningProgress(9, 80 / 60.0, 91, null));

        learner.Add(Start.AddMinutes(1000), 3).ShouldBeFalse();
        learner.Progress.Hours.ShouldBe(1.5, 1e-9);
    }

    [Fact]
    public void Of_two_humps_the_upper_one_is_learned()
    {
        var learner = new BaselineLearner(LearningDemand.Usual);
        var (day, complete) = (0, false);
        for (; !complete && day < 60; day++)
        {
            // It runs 4 hours a day, every 15 minutes a reading.
            for (var i = 0; i < 96 && !complete; i++)
                complete = learner.Add(Start.AddDays(day).AddMinutes(15 * i), i < 80 ? 0.05 + (i % 3 * 0.01) : 0.9 + (i % 5 * 0.1));
        }

        // 24 h of running are 6 days; 100 readings of 16 a day, 7.
        day.ShouldBe(7);
        var (median, deviation, readings, runLevel) = learner.Result();
        (median, readings).ShouldBe((1.1, 100));
        deviation.ShouldBe(0.1, 1e-9);
        runLevel!.Value.ShouldBeInRange(0.08, 0.9);
        learner.Progress.NotRunning.ShouldBe(560);
    }

    [Fact]
    public void Where_something_else_tells_standstill_the_humps_do_not_count()
    {
        var learner = new BaselineLearner(new(200, 0), findsStandstill: false);
        for (var i = 1; i < 200; i++)
            learner.Add(Start.AddMinutes(i), i % 20 < 15 ? 0.1 : 4);

        learner.Add(Start.AddMinutes(200), 0.1).ShouldBeTrue();
        learner.Result().Median.ShouldBe(0.1);
    }

    [Fact]
    public void A_fast_sensor_is_learned_in_bounded_memory_and_by_its_whole_time()
    {
        var learner = new BaselineLearner(new(100, 2));
        var count = 0;
        for (var complete = false; !complete; count++)
            complete = learner.Add(Start.AddSeconds(count), 1 + (count / 7200.0));

        count.ShouldBe(7201);
        var (median, _, readings, _) = learner.Result();
        readings.ShouldBe(7201);
        median.ShouldBe(1.5, 0.01);
    }

    [Theory]
    [InlineData("field_lorawan/sensor-1.csv", "ZOAVelocity", 0.61)]
    [InlineData("field_lorawan/sensor-4.csv", "ZOAVelocity", 0.94)]
    public void A_machine_in_the_field_is_learned_running(string file, string column, double median)
    {
        // From the day it first ran: before, nothing tells its standstill from a quiet machine.
        var readings = MeasuredLevels.Read(file, column, 0.01);
        var learner = new BaselineLearner(LearningDemand.Usual);

        var last = readings.SkipWhile(reading => reading.At < new DateTimeOffset(2022, 11, 21, 0, 0, 0, TimeSpan.Zero)).First(reading => learner.Add(reading.At, reading.Level));

        TestContext.Current.TestOutputHelper?.WriteLine($"{last.At:u} {learner.Result()}");
        learner.Result().Median.ShouldBe(median, 0.05);
        learner.Progress.Readings.ShouldBeGreaterThanOrEqualTo(100);
        learner.Progress.Hours.ShouldBeGreaterThanOrEqualTo(24);
    }
}
