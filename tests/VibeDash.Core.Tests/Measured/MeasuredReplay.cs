using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Measured;

/// <summary>Replays a measured sensor through the evaluation of one rule of levels, without a broker.</summary>
internal static class MeasuredReplay
{
    private const int LearnedReadings = 100;

    private static readonly TimeSpan LearnedTime = TimeSpan.FromHours(1);

    /// <summary>The raises of a rule, in order. Readings from which the baseline is learned are not evaluated.</summary>
    public static IReadOnlyList<MeasuredRaise> Raises(MeasuredSensor sensor, AlertRule rule)
    {
        if (sensor.RunLevel is { } level)
            rule = rule with { Gate = new(level, "g") };
        var (baseline, next) = Learn(sensor);
        var (journal, raises) = (new List<AlertChange>(), new List<MeasuredRaise>());
        var writer = new JournalWriter(new(0, 0), journal);
        var watch = new SensorWatch(sensor.Name, [new SensorRule(rule, "g")], []);
        foreach (var (at, value) in sensor.Readings.Skip(next))
            watch.Evaluate(new(new Reading(sensor.Name, at, "", value, baseline, "g"), baseline), gapIsCertain: true, writer);

        DateTimeOffset? since = null;
        foreach (var (transition, _) in journal)
        {
            if (transition.Trigger == AlertTrigger.Raised)
                since = transition.At;
            else if (transition.Trigger == AlertTrigger.Cleared)
                (raises, since) = ([.. raises, new(sensor, since!.Value, transition.At)], null);
        }

        return since is { } open ? [.. raises, new(sensor, open, DateTimeOffset.MaxValue)] : raises;
    }

    // The median of the first readings above the run level, as a person who asks for 100 readings and an hour gets it.
    private static (double Baseline, int Next) Learn(MeasuredSensor sensor)
    {
        var levels = new List<double>();
        DateTimeOffset? first = null;
        for (var i = 0; i < sensor.Readings.Count; i++)
        {
            var (at, level) = sensor.Readings[i];
            if (level <= (sensor.RunLevel ?? 0))
                continue;
            levels.Add(level);
            first ??= at;
            if (levels.Count >= LearnedReadings && at - first >= LearnedTime)
                return (Median(levels), i + 1);
        }

        return (0, sensor.Readings.Count);
    }

    private static double Median(List<double> levels)
    {
        double[] sorted = [.. levels.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
