using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Segments;

/// <summary>Binary format of rollups by the minute, by column. Lossless.</summary>
internal static class MinuteBlock
{
    private const byte Version = 2;

    // Format without the lag unit.
    private const byte OldVersion = 1;

    private static readonly long Minute = Rollup.WidthOf(RollupTier.Minute);

    /// <summary>Replaces <paramref name="minutes"/> with rollups by the minute of the good ones of readings, oldest first.</summary>
    public static void Condense(ReadingColumns readings, List<Rollup> minutes)
    {
        minutes.Clear();
        for (var i = 0; i < readings.Count; i++)
        {
            if (readings.Qualities[i] != ReadingQuality.Good)
                continue;
            var reading = Rollup.Of(readings.Timestamps[i], readings.Levels[i], RollupTier.Minute);
            if (minutes.Count > 0 && minutes[^1].Start == reading.Start)
                minutes[^1] = minutes[^1].With(reading);
            else
                minutes.Add(reading);
        }

        // A sum of decimals has no more places than its terms: rounding to them makes it exact, and short in bytes.
        if (NumberColumn.PlacesOf(readings.Levels) is not { } places)
            return;
        for (var i = 0; i < minutes.Count; i++)
            minutes[i] = minutes[i] with { Sum = NumberColumn.Nearest(minutes[i].Sum, places) };
    }

    /// <summary>Writes rollups by the minute, oldest first.</summary>
    public static void Write(BlockWriter writer, List<Rollup> minutes)
    {
        writer.Byte(Version);
        writer.Number((ulong)minutes.Count);
        long before = 0, lag = 0, unit = 0;
        foreach (var minute in minutes)
        {
            writer.Signed((minute.Start / Minute) - before);
            before = minute.Start / Minute;
        }

        foreach (var minute in minutes)
            writer.Number((ulong)minute.Count);
        foreach (var minute in minutes)
            unit = ReadingBlock.CommonDivisor(minute.LastAt - minute.Start, unit);
        unit = Math.Max(unit, 1);
        writer.Number((ulong)unit);
        foreach (var minute in minutes)
        {
            var next = (minute.LastAt - minute.Start) / unit;
            writer.Signed(next - lag);
            lag = next;
        }

        var column = new double[minutes.Count];
        Write(writer, minutes, column, static minute => minute.Min);
        Write(writer, minutes, column, static minute => minute.Max);
        Write(writer, minutes, column, static minute => minute.Sum);
        Write(writer, minutes, column, static minute => minute.Last);
    }

    /// <summary>Reads rollups and replaces the content of <paramref name="minutes"/>.</summary>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public static void Read(ReadOnlySpan<byte> block, List<Rollup> minutes)
    {
        var columns = new MinuteColumns();
        var reader = Start(block, columns, out var unit);
        var lags = new long[columns.Count];
        reader.RunningSums(lags);
        ReadLevels(ref reader, columns);
        var lasts = new double[columns.Count];
        NumberColumn.Read(ref reader, lasts);

        minutes.Clear();
        for (var i = 0; i < columns.Count; i++)
            minutes.Add(new(columns.Starts[i], columns.Counts[i], columns.Mins[i], columns.Maxes[i], columns.Sums[i], lasts[i], columns.Starts[i] + (unit * lags[i])));
    }

    /// <summary>Reads everything except the last levels and their timestamps, and replaces the content of <paramref name="minutes"/>.</summary>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public static void Read(ReadOnlySpan<byte> block, MinuteColumns minutes)
    {
        var reader = Start(block, minutes, out _);
        reader.Skip(minutes.Count);
        ReadLevels(ref reader, minutes);
    }

    private static BlockReader Start(ReadOnlySpan<byte> block, MinuteColumns minutes, out long unit)
    {
        var reader = new BlockReader(block);
        var version = reader.Byte();
        if (version is not (Version or OldVersion))
            throw BlockReader.Damaged();
        minutes.Fill(reader.Count());
        reader.RunningSums(minutes.Starts);
        foreach (ref var start in minutes.Starts)
            start *= Minute;
        foreach (ref var count in minutes.Counts)
            count = (long)reader.Number();
        unit = version == OldVersion ? 1 : (long)reader.Number();
        return reader;
    }

    private static void ReadLevels(ref BlockReader reader, MinuteColumns minutes)
    {
        NumberColumn.Read(ref reader, minutes.Mins);
        NumberColumn.Read(ref reader, minutes.Maxes);
        NumberColumn.Read(ref reader, minutes.Sums);
    }

    private static void Write(BlockWriter writer, List<Rollup> minutes, double[] column, Func<Rollup, double> number)
    {
        for (var i = 0; i < column.Length; i++)
            column[i] = number(minutes[i]);
        NumberColumn.Write(writer, column);
    }
}
