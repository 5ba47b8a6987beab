using System.Diagnostics;
using System.Text.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Benchmarks;

/// <summary>
/// Cost of evaluating a reading with three rules on one core, compared to the same loop with comparisons only: on a fleet without alerts, then on one
/// where one sensor in a hundred alternates. Every sensor sends once a second, in turn. One JSON line.
/// </summary>
internal static class EvaluationBenchmark
{
    private const int Sensors = 10_000;
    private const int WarmUp = 20;
    private const int Rounds = 40;
    private const string Unit = "m/s²";
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly AlertRule[] Rules =
    [
        AlertRule.Defaults[0],
        new("Level above", AlertScope.All, new(ConditionKind.LevelAbove) { Unit = "g" }, [new(Severity.Critical, 2.5, 2, new(2))])
        {
            Id = 2,
            Version = 1,
            Gate = new(0.1, "g"),
        },
        new("Change within a minute", AlertScope.All, new(ConditionKind.Change) { IsRelative = true, Window = TimeSpan.FromMinutes(1), Direction = ChangeDirection.Up },
            [new(Severity.Advisory, 80, 50, AlertDelay.AtOnce)]) { Id = 3, Version = 1 },
    ];

    public static Task RunAsync()
    {
        var random = new Random(11);
        var (journal, book) = (new List<AlertChange>(Sensors), new RuleBook(Rules));
        var writer = new JournalWriter(new(0, 0), journal);
        var facts = new SensorFacts("Hall 1, Press 1", "Pro X1", null, null, null);
        string[] ids = [.. Enumerable.Range(0, Sensors).Select(i => $"VB-{i}")];
        SensorWatch[] watches = [.. ids.Select(id => new SensorWatch(id, book.For(id, facts, [], Unit), []))];
        double[] baselines = [.. ids.Select(_ => 2 + (4 * random.NextDouble()))];

        Evaluate(Fleet(0, WarmUp, troubled: false));
        Compare(Fleet(0, WarmUp, troubled: false));
        var (quietReadings, quietEntries) = (Fleet(WarmUp, Rounds, troubled: false), journal.Count);
        var quiet = Measure(() => Evaluate(quietReadings));
        quietEntries = journal.Count - quietEntries;
        var reference = Measure(() => Compare(quietReadings));
        var (troubledReadings, troubledEntries) = (Fleet(WarmUp + Rounds, Rounds, troubled: true), journal.Count);
        var troubled = Measure(() => Evaluate(troubledReadings));
        troubledEntries = journal.Count - troubledEntries;

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "evaluation",
            sensors = Sensors,
            rules = Rules.Length,
            readings = quietReadings.Length,
            nanoseconds_per_reading = quiet.Nanoseconds,
            bytes_per_reading = quiet.Bytes,
            journal_entries = quietEntries,
            troubled_nanoseconds_per_reading = troubled.Nanoseconds,
            troubled_bytes_per_reading = troubled.Bytes,
            troubled_journal_entries = troubledEntries,
            reference_nanoseconds_per_reading = reference.Nanoseconds,
        }));
        return Task.CompletedTask;

        void Evaluate(EvaluatedReading[] readings)
        {
            for (var i = 0; i < readings.Length; i++)
                watches[i % Sensors].Evaluate(readings[i], gapIsCertain: true, writer);
        }

        // One machine in ten stands still; in the troubled fleet, one sensor in a hundred is at three times its baseline for ten of every twenty seconds.
        EvaluatedReading[] Fleet(int first, int rounds, bool troubled)
        {
            var readings = new EvaluatedReading[Sensors * rounds];
            for (var i = 0; i < readings.Length; i++)
            {
                var (sensor, round) = (i % Sensors, first + (i / Sensors));
                var factor = sensor % 10 == 0 ? 0.05 : troubled && sensor % 100 == 1 && round % 20 < 10 ? 3.2 : 1;
                var level = baselines[sensor] * factor * (0.95 + (0.1 * random.NextDouble()));
                var reading = new Reading(ids[sensor], Start.AddSeconds(round + (sensor / (double)Sensors)), "", level, baselines[sensor], Unit);
                readings[i] = new(reading, reading.Baseline);
            }

            return readings;
        }
    }

    private static int Compare(EvaluatedReading[] readings)
    {
        var above = 0;
        for (var i = 0; i < readings.Length; i++)
        {
            var reading = readings[i].Reading;
            if (reading.Level > 2 * reading.Baseline)
                above++;
        }

        return above;
    }

    private static (double Nanoseconds, double Bytes) Measure(Action evaluate)
    {
        var readings = (double)Sensors * Rounds;
        GC.Collect();
        var (bytes, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        evaluate();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return (Math.Round(elapsed.TotalNanoseconds / readings, 1), Math.Round((GC.GetAllocatedBytesForCurrentThread() - bytes) / readings, 2));
    }
}
