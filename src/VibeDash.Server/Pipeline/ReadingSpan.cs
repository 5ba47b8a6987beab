using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>Coalesced readings of one sensor: the latest one, and count, minimum, maximum and sum of all.</summary>
internal struct ReadingSpan
{
    /// <summary>The latest reading.</summary>
    public Reading Latest { readonly get; private set; }

    public int Count { readonly get; private set; }

    public double Min { readonly get; private set; }

    public double Max { readonly get; private set; }

    public double Sum { readonly get; private set; }

    public ReadingSpan(Reading first) => (Latest, Count, Min, Max, Sum) = (first, 1, first.Level, first.Level, first.Level);

    /// <summary>Adds a reading that is not older than <see cref="Latest"/>.</summary>
    public void Add(Reading reading)
    {
        Count++;
        if (reading.Unit != Latest.Unit)
        {
            // Levels of two units have no common sum: the last one stands for all.
            (Latest, Min, Max, Sum) = (reading, reading.Level, reading.Level, reading.Level * Count);
            return;
        }

        Latest = reading;
        Min = Math.Min(Min, reading.Level);
        Max = Math.Max(Max, reading.Level);
        Sum += reading.Level;
    }

    /// <summary>Adds a later span.</summary>
    public void Add(ReadingSpan later)
    {
        Count += later.Count;
        if (later.Latest.Unit != Latest.Unit)
        {
            (Latest, Min, Max, Sum) = (later.Latest, later.Min, later.Max, later.Sum / later.Count * Count);
            return;
        }

        Latest = later.Latest;
        Min = Math.Min(Min, later.Min);
        Max = Math.Max(Max, later.Max);
        Sum += later.Sum;
    }
}
