using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

public sealed class QuietPathTests
{
    private const int Readings = 10_000;

    public static TheoryData<string, double, bool> Quiet => new()
    {
        { "healthy", 1.2, false },
        { "raised already", 4, false },
        { "raised and acknowledged", 4, true },
        { "at rest", 0.1, false },
    };

    [Theory]
    [MemberData(nameof(Quiet))]
    public void A_reading_that_changes_nothing_allocates_nothing(string what, double level, bool isAcknowledged)
    {
        var sensor = new Watched(
            AlertRule.Defaults[0], Sample.Above(2.5).Gated(), Sample.Change(50, percent: true), Sample.SilentBy(8),
            Sample.Warning(new(ConditionKind.BaselineChange), 10), Sample.Warning(new(ConditionKind.CalibrationAge), 12),
            Sample.Warning(new(ConditionKind.ClockOff), 60), Sample.Stuck(20));
        EvaluatedReading[] readings = [.. Enumerable.Range(0, Readings + 100).Select(i => Watched.Reading(i, level * (1 + (0.01 * (i % 7)))))];
        foreach (var reading in readings.AsSpan(0, 100))
            sensor.Sees(reading);
        foreach (var alert in isAcknowledged ? sensor.Watch.Alerts : [])
            sensor.Watch.Append(alert, AlertTransition.Draft(AlertTrigger.Acknowledged, sensor.Now) with { By = "Ada" }, sensor.Writer);
        var (watch, entries) = (sensor.Watch, sensor.Journal.Count);

        // The runtime may allocate once per thread, e.g. when it recompiles a method; allocations of readings would occur each time.
        var allocated = long.MaxValue;
        foreach (var part in readings[100..].Chunk(Readings / 2))
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var reading in part)
            {
                watch.Evaluate(reading, gapIsCertain: true, sensor.Writer);
                watch.EvaluateSilence(reading.Reading.Timestamp, SilenceOutages.None, sensor.Writer);
                watch.EndExpired(reading.Reading.Timestamp, sensor.Writer);
            }

            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        sensor.Journal.Count.ShouldBe(entries, what);
        allocated.ShouldBe(0, what);
    }
}
