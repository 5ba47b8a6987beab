using System.Runtime.InteropServices;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Numbers of one column of a block. Sensors send decimals of few places that change little: as whole numbers of the last place, and each as its
/// difference to the one before, most take one or two bytes. What is no such decimal is kept as it is. Every number comes back bit by bit.
/// </summary>
internal static class NumberColumn
{
    /// <summary>Most decimal places.</summary>
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

    /// <summary>Reads a column of as many numbers as <paramref name="values"/> has room for.</summary>
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

            // The whole numbers are where the decimals will be.
            var wholes = MemoryMarshal.Cast<double, long>(values);
            reader.RunningSums(wholes);
            var power = Powers[kind];
            for (var i = 0; i < wholes.Length; i++)
                values[i] = wholes[i] / power;
        }
    }

    /// <summary>Least decimal places with which every number can be written; null when there is none up to <see cref="MaximumPlaces"/>.</summary>
    public static int? PlacesOf(ReadOnlySpan<double> values)
    {
        var places = 0;
        foreach (var value in values)
        {
            // A number that has enough places with some has enough with more.
            while (!Fits(value, places))
            {
                if (++places > MaximumPlaces)
                    return null;
            }
        }

        // More places for a later number may be too many for a large one before it.
        foreach (var value in values)
        {
            if (!Fits(value, places))
                return null;
        }

        return places;
    }

    /// <summary>The decimal of some places nearest to a number that is one but for the rounding of double.</summary>
    public static double Nearest(double value, int places) =>
        Math.Abs(value) * Powers[places] < MaximumWhole ? Math.Round(value * Powers[places]) / Powers[places] : value;

    // Minus 0 would come back as 0.
    private static bool Fits(double value, int places)
    {
        var whole = Math.Round(value * Powers[places]);
        return Math.Abs(whole) < MaximumWhole && whole / Powers[places] == value && !(value == 0 && double.IsNegative(value));
    }
}
