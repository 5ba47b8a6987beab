using CsCheck;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Tests.Trends;

public sealed class TrendWindowTests
{
    private const long Width = 1000;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_starts_with_the_history()
    {
        var history = History(sequence: 7, [Bucket(0, 2), Bucket(3, 5)]);

        var window = new TrendWindow(history);

        window.Buckets.ShouldBe(history.Buckets);
        window.BucketMilliseconds.ShouldBe(Width);
    }

    [Fact]
    public void What_the_history_covers_is_not_counted_twice()
    {
        var window = new TrendWindow(History(sequence: 7, [Bucket(0, 2)]));

        window.Add(Tick(sequence: 6, count: 1, milliseconds: 100, level: 99)).ShouldBeTrue();
        window.Add(Tick(sequence: 7, count: 2, milliseconds: 200, level: 99)).ShouldBeTrue();

        window.Buckets.ShouldBe([Bucket(0, 2)]);
    }

    [Fact]
    public void What_follows_is_joined_on()
    {
        var window = new TrendWindow(History(sequence: 2, [new TrendBucket(At(0), 2, 1, 3, 2)]));

        window.Add(Tick(sequence: 3, count: 1, milliseconds: 500, level: 8)).ShouldBeTrue();
        window.Add(Tick(sequence: 4, count: 1, milliseconds: 1500, level: 4)).ShouldBeTrue();
        window.Add(Tick(sequence: 5, count: 1, milliseconds: 4500, level: 5)).ShouldBeTrue();

        window.Buckets.ShouldBe([new(At(0), 3, 1, 8, 4), new(At(1), 1, 4, 4, 4), new(At(4), 1, 5, 5, 5)]);
    }

    [Fact]
    public void What_follows_is_shown_also_before_a_reading_ahead_of_the_clock()
    {
        var window = new TrendWindow(History(sequence: 1, [Bucket(0, 1), Bucket(50, 1)]));

        window.Add(Tick(sequence: 2, count: 1, milliseconds: 1500, level: 4)).ShouldBeTrue();
        window.Add(Tick(sequence: 3, count: 1, milliseconds: 2500, level: 5)).ShouldBeTrue();
        window.Add(Tick(sequence: 4, count: 1, milliseconds: 2600, level: 7)).ShouldBeTrue();

        window.Buckets.ShouldBe([Bucket(0, 1), new(At(1), 1, 4, 4, 4), new(At(2), 2, 5, 7, 6), Bucket(50, 1)]);
    }

    [Fact]
    public void A_tick_the_history_covers_in_part_adds_only_what_is_new()
    {
        var window = new TrendWindow(History(sequence: 4, [Bucket(0, 4)]));

        window.Add(Tick(sequence: 6, count: 3, milliseconds: 900, level: 4)).ShouldBeTrue();

        window.Buckets.Single().Count.ShouldBe(6);
    }

    [Fact]
    public void A_gap_is_reported_and_changes_nothing()
    {
        var window = new TrendWindow(History(sequence: 4, [Bucket(0, 4)]));

        window.Add(Tick(sequence: 6, count: 1, milliseconds: 900, level: 4)).ShouldBeFalse();

        window.Buckets.ShouldBe([Bucket(0, 4)]);
        window.Add(Tick(sequence: 6, count: 1, milliseconds: 900, level: 4)).ShouldBeFalse();
        window.Add(Tick(sequence: 5, count: 1, milliseconds: 900, level: 4)).ShouldBeTrue();
    }

    [Fact]
    public void It_joins_on_to_an_empty_history()
    {
        var window = new TrendWindow(History(sequence: 0, []));

        window.Add(Tick(sequence: 1, count: 1, milliseconds: 500, level: 8)).ShouldBeTrue();

        window.Buckets.ShouldBe([new TrendBucket(At(0), 1, 8, 8, 8)]);
    }

    [Fact]
    public void It_slides_with_time()
    {
        var window = new TrendWindow(History(sequence: 0, [.. Enumerable.Range(0, 61).Select(second => Bucket(second, 1))]));

        window.SlideTo(Start.AddSeconds(60));
        window.Buckets[0].Start.ShouldBe(At(0));

        window.SlideTo(Start.AddSeconds(90.5));
        window.Buckets[0].Start.ShouldBe(At(30));

        window.SlideTo(Start.AddSeconds(200));
        window.Buckets.ShouldBeEmpty();
    }

    [Fact]
    public void It_holds_no_more_than_its_length_has_room_for_whatever_arrives()
    {
        var window = new TrendWindow(History(sequence: 0, []));

        for (var i = 0; i < 10_000; i++)
            window.Add(Tick(sequence: i + 1, count: 1, milliseconds: i * Width, level: i)).ShouldBeTrue();

        window.Buckets.Count.ShouldBeInRange(60, 62);
        window.Buckets[^1].Start.ShouldBe(At(9_999));
    }

    [Fact]
    public void However_a_stream_is_split_into_history_and_ticks_the_buckets_are_the_same()
    {
        var readings = Gen.Select(Gen.Long[0, 59_999], Gen.Double[0, 10]).Array[1, 80];
        Gen.Select(readings, Gen.Int[0, 80], Gen.Int[0, 80], Gen.Int[1, 5]).Sample((unordered, cut, covered, batch) =>
        {
            var ordered = unordered.OrderBy(reading => reading.Item1).ToArray();
            cut = Math.Min(cut, ordered.Length);
            var window = new TrendWindow(History(cut, Condense(ordered[..cut])));

            // Ticks cover at most a few readings of one bucket; the history contains those up to the cut.
            var from = Math.Min(covered, cut);
            while (from < ordered.Length)
            {
                var bucket = ordered[from].Item1 / Width;
                var to = from + 1;
                while (to < ordered.Length && to != cut && to - from < batch && ordered[to].Item1 / Width == bucket)
                    to++;
                var part = ordered[from..to];
                var levels = part.Select(reading => reading.Item2).ToArray();
                window.Add(new("VB-1", to, part.Length, Start.AddMilliseconds(part[^1].Item1), levels[^1], levels.Min(), levels.Max(), levels.Average(), 1)).ShouldBeTrue();
                from = to;
            }

            var expected = Condense(ordered);
            window.Buckets.Select(bucket => bucket with { Mean = 0 }).ShouldBe(expected.Select(bucket => bucket with { Mean = 0 }));
            window.Buckets.Select(bucket => bucket.Mean).ShouldBe(expected.Select(bucket => bucket.Mean), 1e-9);
        });
    }

    private static TrendBucket[] Condense(IEnumerable<(long Time, double Level)> readings) =>
    [
        .. readings.GroupBy(reading => reading.Time / Width).Select(bucket => new TrendBucket(
            At(bucket.Key), bucket.Count(), bucket.Min(reading => reading.Level), bucket.Max(reading => reading.Level), bucket.Average(reading => reading.Level))),
    ];

    private static TrendHistory History(long sequence, TrendBucket[] buckets) => new("VB-1", Start, Start.AddSeconds(60), Width, sequence, buckets, []);

    private static TrendBucket Bucket(long second, long count) => new(At(second), count, 1, 3, 2);

    private static SensorTick Tick(long sequence, int count, long milliseconds, double level) =>
        new("VB-1", sequence, count, Start.AddMilliseconds(milliseconds), level, level, level, level, 1);

    private static long At(long second) => Start.AddSeconds(second).ToUnixTimeMilliseconds();
}
