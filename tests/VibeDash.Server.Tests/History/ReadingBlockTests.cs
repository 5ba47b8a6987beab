using System.Text;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Tests.History;

/// <summary>Packed readings are restored bit for bit, are small, and damage is detected.</summary>
public sealed class ReadingBlockTests
{
    private const long Noon = 1_772_366_400_000_000;

    [Theory]
    [InlineData(12.5)]
    [InlineData(0)]
    [InlineData(-12.5)]
    [InlineData(-1e12)]
    [InlineData(-0.3 + 0.1 + 0.2)]
    [InlineData(0.1 + 0.2)]
    [InlineData(1e300)]
    [InlineData(double.Epsilon)]
    [InlineData(123456789.123456789)]
    [InlineData((double)12.3456f)]
    [InlineData(9007199254740993.0)]
    public void Every_level_comes_back_bit_by_bit(double level)
    {
        double[] levels = [4.25, level, 0.001, -0.0, level, 7];

        RoundTrip(Of(levels)).Levels.ToArray().Select(BitConverter.DoubleToInt64Bits).ShouldBe(levels.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Every_column_comes_back()
    {
        var random = new Random(7);
        var readings = new ReadingColumns();
        var at = Noon;
        for (var i = 0; i < 3000; i++)
        {
            at += random.Next(3) * 1_234_567L;
            readings.Add(
                at,
                Encoding.UTF8.GetBytes(i % 7 == 0 ? $"ä-{i}\n" : Guid.CreateVersion7().ToString()),
                Math.Round(random.NextDouble() * 20, 3),
                i < 1000 ? 4 : 4.5,
                i % 1000 < 500 ? "m/s²" : "mm/s",
                random.Next(50) == 0,
                random.Next(20) == 0 ? (ReadingQuality)random.Next(4) : i is > 2000 and < 2500 ? ReadingQuality.Stale : ReadingQuality.Good);
        }

        var back = RoundTrip(readings);

        Enumerable.Range(0, 3000).Select(i => back.Reading(i, "VB-1")).ShouldBe(Enumerable.Range(0, 3000).Select(i => readings.Reading(i, "VB-1")));
        ShouldHaveTheGoodLevelsOf(readings);
    }

    [Fact]
    public void Levels_alone_are_those_of_good_readings()
    {
        ReadingQuality[][] qualities =
        [
            [ReadingQuality.Good], [ReadingQuality.Bad], [ReadingQuality.Good, ReadingQuality.Bad], [ReadingQuality.Bad, ReadingQuality.Good],
            [ReadingQuality.Bad, ReadingQuality.Stale, ReadingQuality.Stale, ReadingQuality.Good, ReadingQuality.Uncertain],
        ];
        foreach (var each in qualities)
        {
            var readings = new ReadingColumns();
            for (var i = 0; i < each.Length; i++)
                readings.Add(Noon + i, Encoding.UTF8.GetBytes($"event-{i}"), i + 0.5, 4, "m/s²", false, each[i]);

            RoundTrip(readings).Qualities.ToArray().ShouldBe(each);
            ShouldHaveTheGoodLevelsOf(readings);
        }
    }

    [Fact]
    public void A_block_of_readings_of_the_first_version_is_still_read_and_all_are_good()
    {
        var readings = Of([1.5, 2.5, 3.5]);
        var writer = new BlockWriter();
        ReadingBlock.Write(writer, readings);

        // The first version had no list of qualities after the count.
        byte[] old = [1, writer.Written[1], .. writer.Written[3..]];
        var back = new ReadingColumns();
        ReadingBlock.Read(old, back);
        var (timestamps, levels, units) = (Array.Empty<long>(), Array.Empty<double>(), Array.Empty<string>());

        Enumerable.Range(0, 3).Select(i => back.Reading(i, "VB-1")).ShouldBe(Enumerable.Range(0, 3).Select(i => readings.Reading(i, "VB-1")));
        ReadingBlock.ReadLevels(old, ref timestamps, ref levels, ref units).ShouldBe(3);
        levels.ShouldBe([1.5, 2.5, 3.5]);
    }

    [Fact]
    public void Minutes_count_only_readings_that_have_a_level_in_their_unit()
    {
        var readings = new ReadingColumns();
        for (var i = 0; i < 180; i++)
            readings.Add(Noon + (i * 1_000_000L), Encoding.UTF8.GetBytes($"event-{i}"), i, 4, "m/s²", false, i % 60 < 10 || i >= 120 ? ReadingQuality.Bad : ReadingQuality.Good);
        var minutes = new List<Rollup>();

        MinuteBlock.Condense(readings, [.. Enumerable.Range(0, readings.Count).Select(i => readings.Qualities[i] == ReadingQuality.Good ? readings.Levels[i] : double.NaN)], minutes);

        minutes.Select(minute => (minute.Start, minute.Count, minute.Min, minute.Max)).ShouldBe([(Noon, 50, 10, 59), (Noon + 60_000_000, 50, 70, 119)]);
    }

    [Fact]
    public void Readings_as_the_example_sends_them_take_less_than_30_bytes_each()
    {
        var random = new Random(7);
        var readings = new ReadingColumns();
        for (var i = 0; i < ReadingBlock.Capacity; i++)
            readings.Add(Noon + (i * 1_000_000L), Encoding.UTF8.GetBytes(SeedLikeId(random)), Math.Round(4 + random.NextDouble(), 2), 4, "m/s²", false);
        var writer = new BlockWriter();

        ReadingBlock.Write(writer, readings);

        TestContext.Current.TestOutputHelper!.WriteLine($"{(double)writer.Written.Length / readings.Count:0.0} bytes a reading");
        (writer.Written.Length / readings.Count).ShouldBeLessThan(30);
    }

    [Fact]
    public void A_damaged_block_is_said_to_be_damaged_or_read_but_never_more()
    {
        var writer = new BlockWriter();
        var mixed = Of([.. Enumerable.Range(0, 300).Select(i => i / 10.0)]);
        mixed.Add(Noon + 300_000_000L, "bad"u8, 1, 4, "m/s²", false, ReadingQuality.Bad);
        ReadingBlock.Write(writer, mixed);
        var minutes = new List<Rollup>();
        var readings = Of([.. Enumerable.Range(0, 300).Select(i => i / 10.0)]);
        MinuteBlock.Condense(readings, readings.Levels, minutes);
        var minuteWriter = new BlockWriter();
        MinuteBlock.Write(minuteWriter, minutes);
        var random = new Random(7);
        var (timestamps, someLevels, units) = (Array.Empty<long>(), Array.Empty<double>(), Array.Empty<string>());

        for (var i = 0; i < 20_000; i++)
        {
            Try(Damaged(writer.Written, random), block => ReadingBlock.Read(block, new ReadingColumns()));
            Try(Damaged(writer.Written, random), block => ReadingBlock.ReadLevels(block, ref timestamps, ref someLevels, ref units));
            Try(Damaged(minuteWriter.Written, random), block => MinuteBlock.Read(block, []));
            Try(Damaged(minuteWriter.Written, random), block => MinuteBlock.Read(block, new MinuteColumns()));
        }

        Should.Throw<InvalidDataException>(() => ReadingBlock.Read([], new ReadingColumns()));
        Should.Throw<InvalidDataException>(() => ReadingBlock.Read([1, 0], new ReadingColumns()));
    }

    [Fact]
    public void Minutes_are_what_a_recount_gives_and_their_sums_are_exact()
    {
        var random = new Random(7);
        var levels = Enumerable.Range(0, 2000).Select(_ => Math.Round(random.NextDouble() * 10, 2)).ToArray();
        var minutes = new List<Rollup>();

        MinuteBlock.Condense(Of(levels), levels, minutes);

        minutes.Count.ShouldBe(34);
        minutes.Sum(minute => minute.Count).ShouldBe(2000);
        for (var i = 0; i < minutes.Count; i++)
        {
            var expected = levels.Skip(60 * i).Take(60).ToArray();
            minutes[i].ShouldBe(new(
                Noon + (i * 60_000_000L), expected.Length, expected.Min(), expected.Max(), (double)expected.Sum(level => (decimal)level), expected[^1],
                Noon + (((i * 60L) + expected.Length - 1) * 1_000_000)));
        }

        var writer = new BlockWriter();
        MinuteBlock.Write(writer, minutes);
        var back = new List<Rollup>();
        MinuteBlock.Read(writer.Written, back);
        back.ShouldBe(minutes);
    }

    [Fact]
    public void A_block_of_minutes_of_the_first_version_is_still_read()
    {
        var minute = new Rollup(Noon, 3, 1, 4, 7.5, 2.5, Noon + 59_000_001);
        var writer = new BlockWriter();
        writer.Byte(1);
        writer.Number(1);
        writer.Signed(minute.Start / Rollup.WidthOf(RollupTier.Minute));
        writer.Number((ulong)minute.Count);
        writer.Signed(minute.LastAt - minute.Start);
        foreach (var level in (double[])[minute.Min, minute.Max, minute.Sum, minute.Last])
            NumberColumn.Write(writer, [level]);

        var back = new List<Rollup>();
        MinuteBlock.Read(writer.Written, back);
        var columns = new MinuteColumns();
        MinuteBlock.Read(writer.Written, columns);

        back.ShouldBe([minute]);
        (columns.Starts[0], columns.Counts[0], columns.Mins[0], columns.Maxes[0], columns.Sums[0]).ShouldBe((Noon, 3, 1, 4, 7.5));
    }

    private static void ShouldHaveTheGoodLevelsOf(ReadingColumns readings)
    {
        var writer = new BlockWriter();
        ReadingBlock.Write(writer, readings);
        var (timestamps, levels, units) = (Array.Empty<long>(), Array.Empty<double>(), Array.Empty<string>());
        var count = ReadingBlock.ReadLevels(writer.Written, ref timestamps, ref levels, ref units);
        int[] good = [.. Enumerable.Range(0, readings.Count).Where(i => readings.Qualities[i] == ReadingQuality.Good)];

        levels[..count].ShouldBe(good.Select(i => readings.Levels[i]));
        timestamps[..count].ShouldBe(good.Select(i => readings.Timestamps[i]));
    }

    private static ReadingColumns Of(double[] levels)
    {
        var readings = new ReadingColumns();
        for (var i = 0; i < levels.Length; i++)
            readings.Add(Noon + (i * 1_000_000L), Encoding.UTF8.GetBytes($"event-{i}"), levels[i], 4, "m/s²", false);
        return readings;
    }

    private static ReadingColumns RoundTrip(ReadingColumns readings)
    {
        var writer = new BlockWriter();
        ReadingBlock.Write(writer, readings);
        var back = new ReadingColumns();
        ReadingBlock.Read(writer.Written, back);
        return back;
    }

    private static string SeedLikeId(Random random)
    {
        const string Symbols = "abcdefghijklmnopqrstuvwxyz0123456789";
        var id = new string(random.GetItems<char>(Symbols, 32));
        return $"{id[..8]}-{id[8..12]}-{id[12..16]}-{id[16..20]}-{id[20..]}";
    }

    private static byte[] Damaged(ReadOnlySpan<byte> block, Random random)
    {
        var damaged = block[..random.Next(block.Length / 2, block.Length + 1)].ToArray();
        for (var i = 0; i < 4; i++)
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    private static void Try(byte[] block, Action<byte[]> read)
    {
        try
        {
            read(block);
        }
        catch (InvalidDataException)
        {
            // Detected as damaged.
        }
    }
}
