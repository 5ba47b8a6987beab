using VibeDash.Core.Tests.Simulator;
using VibeDash.Demo.Events;

namespace VibeDash.Core.Tests.Demo;

public sealed class DueEventsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Events_come_when_they_are_due_in_the_order_of_the_schedule()
    {
        var clock = new LeapingClock(Start);
        var fleet = new SimulatedFleet();

        var events = new List<Core.Readings.VibrationEvent>();
        await foreach (var due in fleet.Schedule(Start, rate: 12).DueAsync(clock, TestContext.Current.CancellationToken))
        {
            due.ShouldNotBeEmpty();
            due.ShouldAllBe(sent => sent.Reading.Timestamp <= clock.GetUtcNow());
            events.AddRange(due);
            if (events.Count >= 120)
                break;
        }

        events.ShouldBe(fleet.History(Start, Start.AddMinutes(1), TimeSpan.FromSeconds(1)).Take(events.Count));
    }

    [Fact]
    public async Task A_sender_that_falls_behind_misses_the_events_older_than_the_maximum_lag()
    {
        var clock = new LeapingClock(Start);
        var batches = new List<IReadOnlyList<Core.Readings.VibrationEvent>>();
        await foreach (var due in new SimulatedFleet().Schedule(Start, rate: 12).DueAsync(clock, TestContext.Current.CancellationToken))
        {
            batches.Add(due);
            if (batches.Count == 2)
                break;
            for (var second = 0; second < 10; second++)
                await Task.Delay(TimeSpan.FromSeconds(1), clock, TestContext.Current.CancellationToken);
        }

        batches[1].Count.ShouldBe(12);
        batches[1][0].Reading.Timestamp.ShouldBeGreaterThan(Start.AddSeconds(9));
    }
}
