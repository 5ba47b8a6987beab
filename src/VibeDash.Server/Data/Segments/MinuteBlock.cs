using System.Runtime.InteropServices;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Data.Segments;

/// <summary>Rollups by the minute as bytes, by column. Everything comes back as it was.</summary>
internal static class MinuteBlock
{
    private const byte Version = 1;
    private static readonly long Minute = Rollup.WidthOf(RollupTier.Minute);

    /// <summary>Condenses readings by the minute, oldest first, in place of what <paramref name="minutes"/> holds.</summary>
    public static void Condense(ReadingColumns readings, List<Rollup> minutes)
    {
        minutes.Clear();
        for (var i = 0; i < readings.Count; i++)
        {
            var reading = Rollup.Of(readings.Timestamps[i], readings.Levels[i], RollupTier.Minute);
            if (minutes.Count > 0 && minutes[^1].Start == reading.Start)
                minutes[^1] = minutes[^1].With(reading);
            else
                minutes.Add(reading);
        }

        // The sum of decimals is one of as many places; so it is kept exactly, and in few bytes.
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
        long before = 0, lag = 0;
        foreach (var minute in minutes)
        {
            writer.Signed((minute.Start / Minute) - before);
            before = minute.Start / Minute;
        }

        foreach (var minute in minutes)
            writer.Number((ulong)minute.Count);
        foreach (var minute in minutes)
        {
            writer.Signed(minute.LastAt - minute.Start - lag);
            lag = minute.LastAt - minute.Start;
        }

        var column = new double[minutes.Count];
        Write(writer, minutes, column, static minute => minute.Min);
        Write(writer, minutes, column, static minute => minute.Max);
        Write(writer, minutes, column, static minute => minute.Sum);
        Write(writer, minutes, column, static minute => minute.Last);
    }

    /// <summary>Reads rollups, in place of what <paramref name="minutes"/> holds.</summary>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public static void Read(ReadOnlySpan<byte> block, List<Rollup> minutes)
    {
        minutes.Clear();
        var reader = new BlockReader(block);
        if (reader.Byte() != Version)
            throw BlockReader.Damaged();
        var count = reader.Count();
        long start = 0, lag = 0;
        for (var i = 0; i < count; i++)
            minutes.Add(new((start += reader.Signed()) * Minute, 0, 0, 0, 0, 0, 0));
        var rollups = CollectionsMarshal.AsSpan(minutes);
        foreach (ref var minute in rollups)
            minute = minute with { Count = (long)reader.Number() };
        foreach (ref var minute in rollups)
            minute = minute with { LastAt = minute.Start + (lag += reader.Signed()) };

        var columns = new double[4 * count];
        for (var column = 0; column < 4; column++)
            NumberColumn.Read(ref reader, columns.AsSpan(column * count, count));
        for (var i = 0; i < count; i++)
            rollups[i] = rollups[i] with { Min = columns[i], Max = columns[count + i], Sum = columns[(2 * count) + i], Last = columns[(3 * count) + i] };
    }

    private static void Write(BlockWriter writer, List<Rollup> minutes, double[] column, Func<Rollup, double> number)
    {
        for (var i = 0; i < column.Length; i++)
            column[i] = number(minutes[i]);
        NumberColumn.Write(writer, column);
    }
}
