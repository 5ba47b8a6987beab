using Microsoft.Extensions.Time.Testing;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Tests.Pipeline;

public sealed class BacklogTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _time = new(new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero));
    private readonly Backlog _backlog;

    public BacklogTests() => _backlog = new(_time);

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public void A_night_that_waited_is_told_within_five_seconds_until_the_present_is_reached()
    {
        // 8 hours, of which 10 minutes pass per second.
        var eventTime = Now.AddHours(-8);
        for (var i = 0; i < 50; i++)
            Commit((eventTime += Step * 600, 100));
        _backlog.Now.ShouldNotBeNull().Reached.ShouldBe(eventTime, TimeSpan.FromMinutes(11));
        (_backlog.Now!.SecondsLeft ?? 0).ShouldBeInRange(36, 46);

        while (eventTime < Now.AddMinutes(-11))
        {
            Commit((eventTime += Step * 600, 100));
            _backlog.Now.ShouldNotBeNull();
        }

        for (var i = 0; i < 20; i++)
            Commit((Now, 100));
        _backlog.Now.ShouldBeNull();
    }

    [Fact]
    public void When_nothing_comes_any_more_there_is_nothing_to_catch_up_with()
    {
        var eventTime = Now.AddHours(-8);
        for (var i = 0; i < 60; i++)
            Commit((eventTime += Step * 600, 100));
        _backlog.Now.ShouldNotBeNull();

        _time.Advance(TimeSpan.FromSeconds(5));

        _backlog.Now.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-20)]
    [InlineData(-7200)]
    [InlineData(-400_000_000)]
    public void A_fleet_whose_clocks_are_slow_does_not_catch_up(int seconds) => Never(i => [(Now.AddSeconds(seconds), 100)]);

    [Fact]
    public void One_sensor_that_sends_its_memory_among_others_is_not_the_fleet() => Never(i => [(Now.AddDays(-3).AddHours(i), 1), (Now, 20)]);

    [Fact]
    public void Sensors_whose_clocks_differ_and_who_come_a_few_at_a_time_do_not_catch_up()
    {
        var random = new Random(20261124);
        Never(i => [(Now.AddHours(-random.Next(12)), 1)]);
    }

    [Fact]
    public void Falling_behind_is_not_catching_up() => Never(i => [(Now.AddSeconds(-i * 0.09), 100)]);

    private void Never(Func<int, (DateTimeOffset EventTime, int Sensors)[]> readings)
    {
        for (var i = 0; i < 600; i++)
        {
            Commit(readings(i));
            _backlog.Now.ShouldBeNull();
        }
    }

    private void Commit(params (DateTimeOffset EventTime, int Sensors)[] readings)
    {
        var changes = new ChangeSet();
        foreach (var (eventTime, sensors) in readings)
        {
            for (var i = 0; i < sensors; i++)
                changes.Readings[$"VB-{changes.Readings.Count}"] = new(new Reading("VB-1", eventTime, "id", 4, 4, "g"));
        }

        _backlog.Observe(changes);
        _time.Advance(Step);
    }
}
