using System.Runtime.InteropServices;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Binary format of a column of numbers. Sensors send decimals with few places that change little: as integers of the last place, stored as
/// differences, most take one or two bytes. Other numbers are stored unchanged. Lossless, bit for bit.
/// </summary>
internal static class NumberColumn
{
    /// <summary>Maximum decimal places.</summary>
    public const int MaximumPlaces = 9;

    private const byte Constant = 0xFF;
    private const byte AsTheyAre = 0xFE;
    private const double MaximumWhole = 1L << 53;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>Writes a column.</summary>
    public static void Write(BlockWriter writer, ReadOnlySpan<double> values)
    {
        if (!values.IsEmpty && values.IndexOfAnyExcept(values[0]) < 0)
        {
            writer.Byte(Constant);
            writer.Double(values[0]);
            return;
        }

        if (PlacesOf(values) is not { } places)
        {
            writer.Byte(AsTheyAre);
            foreach (var value in values)
                writer.Double(value);
            return;
        }

        writer.Byte((byte)places);
        long before = 0;
        foreach (var value in values)
        {
            var whole = (long)Math.Round(value * Powers[places]);
            writer.Signed(whole - before);
            before = whole;
        }
    }

    /// <summary>Reads a column and fills <paramref name="values"/>.</summary>
    public static void Read(ref BlockReader reader, Span<double> values)
    {
        var kind = reader.Byte();
        if (kind == Constant)
        {
            values.Fill(reader.Double());
        }
        else if (kind == AsTheyAre)
        {
            foreach (ref var value in values)
                value = reader.Double();
        }
        else
        {
            if (kind > MaximumPlaces)
                throw BlockReader.Damaged();

            // Reuses the target memory for the integers.
            var wholes = MemoryMarshal.Cast<double, long>(values);
            reader.RunningSums(wholes);
            var power = Powers[kind];
            for (var i = 0; i < wholes.Length; i++)
                values[i] = wholes[i] / power;
        }
    }

    /// <summary>Skips a column of <paramref name="count"/> numbers.</summary>
    public static void Skip(ref BlockReader reader, int count)
    {
        var kind = reader.Byte();
        if (kind is Constant or AsTheyAre)
            reader.Bytes(sizeof(double) * (kind == Constant ? 1 : count));
        else
            reader.Skip(count);
    }

    /// <summary>Fewest decimal places that represent every number; null when more than <see cref="MaximumPlaces"/> are needed.</summary>
    public static int? PlacesOf(ReadOnlySpan<double> values)
    {
        var places = 0;
        foreach (var value in values)
        {
            // A number that fits with some places also fits with more.
            while (!Fits(value, places))
            {
                if (++places > MaximumPlaces)
                    return null;
            }
        }

        // Places added for a later number may be too many for an earlier large one.
        foreach (var value in values)
        {
            if (!Fits(value, places))
                return null;
        }

        return places;
    }

    /// <summary>The decimal with <paramref name="places"/> places nearest to a number that differs from it only by rounding of double; never minus 0, which takes more bytes.</summary>
    public static double Nearest(double value, int places) =>
        Math.Abs(value) * Powers[places] < MaximumWhole ? (Math.Round(value * Powers[places]) / Powers[places]) + 0.0 : value;

    // Minus 0 would be read back as 0.
    private static bool Fits(double value, int places)
    {
        var whole = Math.Round(value * Powers[places]);
        return Math.Abs(whole) < MaximumWhole && whole / Powers[places] == value && !(value == 0 && double.IsNegative(value));
    }
}
