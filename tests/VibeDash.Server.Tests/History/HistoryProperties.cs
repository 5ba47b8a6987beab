using System.Text;
using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sources;
using VibeDash.Server.Storage.Ranges;
using VibeDash.Server.Storage.Segments;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Server.Tests.Pipeline;

namespace VibeDash.Server.Tests.History;

/// <summary>
/// Random histories with readings late by seconds or years, duplicates, equal timestamps, and commits that reach the disk or do not: every bucket of
/// every width must equal a recount of the single readings.
/// </summary>
public sealed class HistoryProperties
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly long[] Widths = [1000, 5000, 60_000, 600_000, 3_600_000, 10_800_000, 86_400_000, 172_800_000];

    [Fact]
    public void Buckets_are_what_a_recount_gives() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 600], Gen.Int[1500, 9000]).Sample(
            (seed, pace, count) => Check(new Random(seed), pace, count), iter: LongRun.Count(6, 12), threads: 1);

    private static void Check(Random random, int pace, int count)
    {
        using var folder = new DatabaseFolder();
        folder.Start();
        var sent = Messages(random, pace, count);
        var stored = new List<Reading>();
        using var runner = new TransactionRunner(folder);
        for (var next = 0; next < sent.Count;)
        {
            var portion = sent.Skip(next).Take(random.Next(1, 500)).ToArray();
            var commits = random.Next(5) > 0;
            runner.Run(commits, portion.Select(Message));
            if (!commits)
                continue;
            stored.AddRange(portion);
            next += portion.Length;
        }

        Compare(folder, [.. stored.DistinctBy(reading => (reading.Timestamp, reading.EventId))], random);
    }

    private static InboundMessage Message(Reading reading) => PostedEvents.Message(
        Encoding.UTF8.GetBytes(TestSensor.Event(reading.Level, reading.Timestamp, "VB-1", eventId: reading.EventId)), reading.Timestamp, () => { });

    private static List<Reading> Messages(Random random, int pace, int count)
    {
        var messages = new List<Reading>();
        var at = Start;
        for (var i = 0; i < count; i++)
        {
            at += TimeSpan.FromMilliseconds(random.Next(0, 2 * pace * 1000));
            var when = random.Next(40) switch
            {
                0 => Start - TimeSpan.FromMinutes(random.Next(5_000_000)),
                1 => Start + ((at - Start) * random.NextDouble()),
                2 => messages.Count > 0 ? messages[^1].Timestamp : at,
                _ => at,
            };
            var level = random.Next(10) == 0 ? random.NextDouble() : Math.Round(4 + random.NextDouble(), 2);
            messages.Add(new("VB-1", UnixMicroseconds.Whole(when), $"event-{i}", level, 0, "m/s²"));
            if (random.Next(20) == 0)
                messages.Add(messages[random.Next(messages.Count)]);
        }

        return messages;
    }

    private static void Compare(DatabaseFolder folder, List<Reading> readings, Random random)
    {
        using var context = folder.CreateDbContext();
        context.Database.OpenConnection();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        using var stored = new StoredReadings(connection);
        var inOrder = readings.OrderBy(reading => reading.Timestamp).ThenBy(reading => reading.EventId, StringComparer.Ordinal).ToList();

        var all = stored.From(1, "VB-1", DateTimeOffset.MinValue, int.MaxValue);
        all.Select(Key).Order().ShouldBe(inOrder.Select(Key).Order());
        all.Select(reading => reading.Timestamp).ShouldBeInOrder();
        var before = inOrder[random.Next(inOrder.Count)].Timestamp;
        var most = random.Next(1, 3000);
        stored.Latest(1, "VB-1", before, most).Select(reading => reading.Timestamp)
            .ShouldBe(inOrder.Where(reading => reading.Timestamp < before).TakeLast(most).Select(reading => reading.Timestamp));

        using var buckets = new BucketReader(connection);
        foreach (var width in Widths)
        {
            var (one, other) = (inOrder[random.Next(inOrder.Count)].Timestamp, inOrder[random.Next(inOrder.Count)].Timestamp);
            var (from, to) = (UnixMicroseconds.From(one < other ? one : other), UnixMicroseconds.From(one < other ? other : one));
            if ((to - from) / 1000 / width > 200_000)
                to = from + (200_000 * 1000 * width);

            var (found, foundWidth, _, _) = buckets.Read(1, from, to, width, "m/s²");

            foundWidth.ShouldBe(width);
            var expected = readings.GroupBy(reading => UnixMicroseconds.From(reading.Timestamp) / 1000 / width * width)
                .Where(bucket => bucket.Key >= from / 1000 / width * width && bucket.Key <= to / 1000)
                .OrderBy(bucket => bucket.Key).ToArray();
            found.Select(bucket => (bucket.Start, bucket.Count, bucket.Min, bucket.Max)).ShouldBe(
                expected.Select(bucket => (bucket.Key, (long)bucket.Count(), bucket.Min(reading => reading.Level), bucket.Max(reading => reading.Level))));
            foreach (var (bucket, mean) in found.Zip(expected.Select(bucket => bucket.Average(reading => reading.Level))))
                bucket.Mean.ShouldBe(mean, 1e-9);
        }

        CompareRollups(context, stored, readings);
    }

    // Rollups and segments match, including the last level.
    private static void CompareRollups(VibeDashContext context, StoredReadings stored, List<Reading> readings)
    {
        var unsealed = context.Readings.AsNoTracking().AsEnumerable().Select(row => (row.Timestamp, row.EventId)).ToHashSet();
        var isSealed = readings.Where(reading => !unsealed.Contains((reading.Timestamp, reading.EventId))).ToList();
        context.Segments.Sum(segment => segment.Count).ShouldBe(isSealed.Count);
        foreach (var tier in (RollupTier[])[RollupTier.Hour, RollupTier.Day])
        {
            var expected = isSealed.Select(reading => Rollup.Of(UnixMicroseconds.From(reading.Timestamp), reading.Level, tier))
                .GroupBy(rollup => rollup.Start).OrderBy(bucket => bucket.Key)
                .Select(bucket => bucket.Aggregate((sum, next) => sum.With(next)));
            context.Rollups.AsNoTracking().Where(row => row.Tier == tier).OrderBy(row => row.Bucket).AsEnumerable()
                .Select(row => (row.Bucket * (long)tier * 1_000_000, row.Count, row.Min, row.Max, row.Last, UnixMicroseconds.From(row.LastAt)))
                .ShouldBe(expected.Select(rollup => (rollup.Start, rollup.Count, rollup.Min, rollup.Max, rollup.Last, rollup.LastAt)));
        }
    }

    private static (DateTimeOffset, string, double) Key(Reading reading) => (reading.Timestamp, reading.EventId, reading.Level);
}
