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
        Latest = reading;
        Count++;
        Min = Math.Min(Min, reading.Level);
        Max = Math.Max(Max, reading.Level);
        Sum += reading.Level;
    }

    /// <summary>Adds a later span.</summary>
    public void Add(ReadingSpan later)
    {
        Latest = later.Latest;
        Count += later.Count;
        Min = Math.Min(Min, later.Min);
        Max = Math.Max(Max, later.Max);
        Sum += later.Sum;
    }
}
