using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Measured;

/// <summary>Replays a measured sensor through the evaluation of one rule of levels, without a broker.</summary>
internal static class MeasuredReplay
{
    private const int LearnedReadings = 100;

    private static readonly TimeSpan LearnedTime = TimeSpan.FromHours(1);

    /// <summary>The raises of a rule, in order. Readings from which the baseline is learned are not evaluated.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="demand">What the baseline is learned from, as the server does it; null for the median of the first 100 readings and an hour.</param>
    /// <param name="usual">Share of the learned levels, 0 to 1, that the baseline is at least half of; null for none: it is their median.</param>
    public static IReadOnlyList<MeasuredRaise> Raises(MeasuredSensor sensor, AlertRule rule, LearningDemand? demand = null, double? usual = null)
    {
        if (sensor.RunLevel is { } level)
            rule = rule with { Gate = new(level, "g") };
        var (baseline, next) = demand is null ? Learn(sensor) : Learn(sensor, demand, usual);
        if (baseline == 0)
            return [];
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

    private static (double Baseline, int Next) Learn(MeasuredSensor sensor, LearningDemand demand, double? usual)
    {
        var learner = new BaselineLearner(demand, findsStandstill: sensor.RunLevel is null);
        var levels = new List<double>();
        for (var i = 0; i < sensor.Readings.Count; i++)
        {
            var (at, level) = sensor.Readings[i];
            if (level <= (sensor.RunLevel ?? 0))
            {
                learner.Skip(at);
                continue;
            }

            levels.Add(level);
            if (!learner.Add(at, level))
                continue;
            var (median, _, _, runLevel) = learner.Result();
            double[] running = [.. levels.Where(learned => !(learned <= runLevel)).Order()];
            return (usual is { } share ? Math.Max(median, running[(int)Math.Ceiling(share * running.Length) - 1] / 2) : median, i + 1);
        }

        return (0, sensor.Readings.Count);
    }

    private static double Median(List<double> levels)
    {
        double[] sorted = [.. levels.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
