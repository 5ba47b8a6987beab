using System.IO.Compression;
using System.Text;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Binary format of a sensor's readings: by column, numbers as <see cref="NumberColumn"/>, event ids (the largest part) compressed with
/// Brotli (RFC 7932). Numbers come first, so they can be read without the ids. Lossless.
/// </summary>
internal static class ReadingBlock
{
    /// <summary>Usual number of readings of a block.</summary>
    public const int Capacity = 1024;

    /// <summary>Maximum readings of a block.</summary>
    public const int MaximumCount = 1 << 20;

    private const byte Version = 2;

    // Format without qualities.
    private const byte OldVersion = 1;

    // At this level, ids of random letters and digits are as small as at the highest, and others not much larger.
    private const int Compression = 4;
    private const int Window = 18;

    // A UTF-16 code unit takes at most three bytes.
    private const int MaximumId = 3 * VibrationEventParser.MaximumIdLength;

    /// <summary>Writes readings; at least one.</summary>
    public static void Write(BlockWriter writer, ReadingColumns readings)
    {
        writer.Byte(Version);
        writer.Number((ulong)readings.Count);
        WriteQualities(writer, readings.Qualities);
        WriteTimes(writer, readings.Timestamps);
        NumberColumn.Write(writer, readings.Levels);
        NumberColumn.Write(writer, readings.Baselines);
        WriteUnits(writer, readings.Units);
        WriteSuspect(writer, readings.Suspect);
        WriteIds(writer, readings);
    }

    /// <summary>Reads everything and replaces the content of <paramref name="readings"/>.</summary>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public static void Read(ReadOnlySpan<byte> block, ReadingColumns readings)
    {
        var reader = Start(block, out var count, out var version);
        var (timestamps, levels, baselines, units, suspect, qualities, _, _) = readings.Fill(count, 0);
        ReadQualities(ref reader, version, qualities.AsSpan(0, count));
        ReadTimes(ref reader, timestamps.AsSpan(0, count));
        NumberColumn.Read(ref reader, levels.AsSpan(0, count));
        NumberColumn.Read(ref reader, baselines.AsSpan(0, count));
        ReadUnits(ref reader, units.AsSpan(0, count));
        ReadSuspect(ref reader, suspect.AsSpan(0, count));
        ReadIds(ref reader, readings, count);
    }

    /// <summary>Reads only timestamps, in microseconds since the Unix epoch, levels and units, of good readings.</summary>
    /// <returns>Number of good readings, at the start of the arrays; they grow when too small.</returns>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public static int ReadLevels(ReadOnlySpan<byte> block, ref long[] timestamps, ref double[] levels, ref string[] units)
    {
        var reader = Start(block, out var count, out var version);
        if (timestamps.Length < count)
            (timestamps, levels, units) = (new long[count], new double[count], new string[count]);

        // Rare: without one that is not good, the list of them is a single 0.
        var qualities = version == OldVersion || reader.Rest is [0, ..] ? [] : new ReadingQuality[count];
        if (qualities.Length > 0)
            ReadQualities(ref reader, version, qualities);
        else if (version != OldVersion)
            reader.Skip(1);
        ReadTimes(ref reader, timestamps.AsSpan(0, count));
        NumberColumn.Read(ref reader, levels.AsSpan(0, count));
        NumberColumn.Skip(ref reader, count);
        ReadUnits(ref reader, units.AsSpan(0, count));
        if (qualities.Length == 0)
            return count;

        var good = 0;
        for (var i = 0; i < count; i++)
        {
            if (qualities[i] == ReadingQuality.Good)
                (timestamps[good], levels[good], units[good++]) = (timestamps[i], levels[i], units[i]);
        }

        return good;
    }

    /// <summary>Greatest common divisor (Euclid): times are stored in units of it.</summary>
    public static long CommonDivisor(long one, long other)
    {
        while (other != 0)
            (one, other) = (other, one % other);
        return one;
    }

    private static BlockReader Start(ReadOnlySpan<byte> block, out int count, out byte version)
    {
        var reader = new BlockReader(block);
        version = reader.Byte();
        count = reader.Count();
        if (version is not (Version or OldVersion) || count == 0)
            throw BlockReader.Damaged();
        return reader;
    }

    // Rare, and in runs: the number of runs, and for each its distance from the end of the one before it, its length and its quality.
    private static void WriteQualities(BlockWriter writer, ReadOnlySpan<ReadingQuality> qualities)
    {
        var runs = 0;
        for (var i = 0; i < qualities.Length; i++)
            runs += qualities[i] != ReadingQuality.Good && (i == 0 || qualities[i - 1] != qualities[i]) ? 1 : 0;
        writer.Number((ulong)runs);
        while (qualities.IndexOfAnyExcept(ReadingQuality.Good) is >= 0 and var start)
        {
            var quality = qualities[start];
            qualities = qualities[start..];
            var length = qualities.IndexOfAnyExcept(quality);
            length = length < 0 ? qualities.Length : length;
            writer.Number((ulong)start);
            writer.Number((ulong)length);
            writer.Byte((byte)quality);
            qualities = qualities[length..];
        }
    }

    private static void ReadQualities(ref BlockReader reader, byte version, Span<ReadingQuality> qualities)
    {
        qualities.Clear();
        if (version == OldVersion)
            return;
        for (var runs = reader.Count(); runs > 0; runs--)
        {
            var (start, length, quality) = (reader.Count(), reader.Count(), (ReadingQuality)reader.Byte());
            if (length == 0 || start > qualities.Length || length > qualities.Length - start || !Enum.IsDefined(quality))
                throw BlockReader.Damaged();
            qualities.Slice(start, length).Fill(quality);
            qualities = qualities[(start + length)..];
        }
    }

    // Most sensors send at a steady interval of whole seconds or milliseconds: the change of the interval is small.
    private static void WriteTimes(BlockWriter writer, ReadOnlySpan<long> times)
    {
        long unit = 0;
        for (var i = 1; i < times.Length; i++)
            unit = CommonDivisor(times[i] - times[i - 1], unit);
        unit = Math.Max(unit, 1);
        writer.Signed(times[0]);
        writer.Number((ulong)unit);
        long pace = 0;
        for (var i = 1; i < times.Length; i++)
        {
            var step = (times[i] - times[i - 1]) / unit;
            writer.Signed(step - pace);
            pace = step;
        }
    }

    private static void ReadTimes(ref BlockReader reader, Span<long> times)
    {
        times[0] = reader.Signed();
        var unit = (long)reader.Number();
        long pace = 0;
        for (var i = 1; i < times.Length; i++)
        {
            pace += reader.Signed();
            times[i] = times[i - 1] + (pace * unit);
        }
    }

    private static void WriteUnits(BlockWriter writer, ReadOnlySpan<string> units)
    {
        for (var start = 0; start < units.Length;)
        {
            var length = units[start..].IndexOfAnyExcept(units[start]);
            length = length < 0 ? units.Length - start : length;
            writer.Number((ulong)length);
            var utf8 = Encoding.UTF8.GetBytes(units[start]);
            writer.Number((ulong)utf8.Length);
            writer.Bytes(utf8);
            start += length;
        }
    }

    private static void ReadUnits(ref BlockReader reader, Span<string> units)
    {
        while (!units.IsEmpty)
        {
            var length = reader.Count();
            if (length == 0 || length > units.Length)
                throw BlockReader.Damaged();
            units[..length].Fill(Encoding.UTF8.GetString(reader.Bytes(reader.Count())));
            units = units[length..];
        }
    }

    // Rare: only the indexes, each as the distance from the previous one.
    private static void WriteSuspect(BlockWriter writer, ReadOnlySpan<bool> suspect)
    {
        writer.Number((ulong)suspect.Count(true));
        for (var next = suspect.IndexOf(true); next >= 0; next = suspect.IndexOf(true))
        {
            writer.Number((ulong)next);
            suspect = suspect[(next + 1)..];
        }
    }

    private static void ReadSuspect(ref BlockReader reader, Span<bool> suspect)
    {
        suspect.Clear();
        for (var left = reader.Count(); left > 0; left--)
        {
            var next = reader.Count();
            if (next >= suspect.Length)
                throw BlockReader.Damaged();
            suspect[next] = true;
            suspect = suspect[(next + 1)..];
        }
    }

    private static void WriteIds(BlockWriter writer, ReadingColumns readings)
    {
        for (var i = 0; i < readings.Count;)
        {
            var (length, start) = (readings.Id(i).Length, i);
            while (i < readings.Count && readings.Id(i).Length == length)
                i++;
            writer.Number((ulong)(i - start));
            writer.Number((ulong)length);
        }

        var room = writer.Room(BrotliEncoder.GetMaxCompressedLength(readings.Ids.Length));
        if (!BrotliEncoder.TryCompress(readings.Ids, room, out var written, Compression, Window))
            throw new InvalidOperationException("Event ids do not compress into the length that is enough for all.");
        writer.Advance(written);
    }

    private static void ReadIds(ref BlockReader reader, ReadingColumns readings, int count)
    {
        var ends = readings.Fill(count, 0).IdEnds;
        var bytes = 0;
        for (var i = 0; i < count;)
        {
            var (run, length) = (reader.Count(), reader.Count());
            if (run == 0 || run > count - i || length > MaximumId)
                throw BlockReader.Damaged();
            for (; run > 0; run--)
                ends[i++] = bytes += length;
        }

        var ids = readings.Fill(count, bytes).Ids;
        if (!BrotliDecoder.TryDecompress(reader.Rest, ids.AsSpan(0, bytes), out var written) || written != bytes)
            throw BlockReader.Damaged();
    }
}
