using System.Text;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Readings of one sensor, by column, ordered by timestamp and event id, in reusable memory: many readings without one object each. Not
/// thread-safe.
/// </summary>
internal sealed class ReadingColumns
{
    /// <summary>Columns to select from the table of readings for <see cref="Add(Statement)"/>.</summary>
    public const string Selected = "Timestamp, EventId, Level, Baseline, Unit, IsSuspect, Quality";

    private long[] _timestamps = new long[ReadingBlock.Capacity];
    private double[] _levels = new double[ReadingBlock.Capacity];
    private double[] _baselines = new double[ReadingBlock.Capacity];
    private bool[] _suspect = new bool[ReadingBlock.Capacity];
    private ReadingQuality[] _qualities = new ReadingQuality[ReadingBlock.Capacity];
    private string[] _units = new string[ReadingBlock.Capacity];
    private int[] _idEnds = new int[ReadingBlock.Capacity];
    private byte[] _ids = new byte[ReadingBlock.Capacity * 36];

    /// <summary>Number of readings.</summary>
    public int Count { get; private set; }

    /// <summary>Timestamps, in microseconds since the Unix epoch.</summary>
    public ReadOnlySpan<long> Timestamps => _timestamps.AsSpan(0, Count);

    public ReadOnlySpan<double> Levels => _levels.AsSpan(0, Count);

    public ReadOnlySpan<double> Baselines => _baselines.AsSpan(0, Count);

    public ReadOnlySpan<bool> Suspect => _suspect.AsSpan(0, Count);

    public ReadOnlySpan<ReadingQuality> Qualities => _qualities.AsSpan(0, Count);

    public ReadOnlySpan<string> Units => _units.AsSpan(0, Count);

    /// <summary>All event ids, concatenated, as UTF-8.</summary>
    public ReadOnlySpan<byte> Ids => _ids.AsSpan(0, Count == 0 ? 0 : _idEnds[Count - 1]);

    /// <summary>An event id, as UTF-8.</summary>
    public ReadOnlySpan<byte> Id(int index)
    {
        var start = index == 0 ? 0 : _idEnds[index - 1];
        return _ids.AsSpan(start, _idEnds[index] - start);
    }

    /// <summary>Removes all readings.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends the reading in a row of <see cref="Selected"/>.</summary>
    public void Add(Statement row) => Add(row.Int64(0), row.Bytes(1), row.Double(2), row.Double(3), row.Bytes(4), row.Int64(5) != 0, (ReadingQuality)row.Int64(6));

    /// <summary>Appends a reading.</summary>
    public void Add(
        long timestamp, ReadOnlySpan<byte> id, double level, double baseline, ReadOnlySpan<byte> unit, bool isSuspect, ReadingQuality quality = ReadingQuality.Good)
    {
        // Units repeat: share one string.
        var text = Count > 0 && Encoding.UTF8.GetByteCount(_units[Count - 1]) == unit.Length && Matches(_units[Count - 1], unit)
            ? _units[Count - 1]
            : Encoding.UTF8.GetString(unit);
        Add(timestamp, id, level, baseline, text, isSuspect, quality);
    }

    /// <inheritdoc cref="Add(long, ReadOnlySpan{byte}, double, double, ReadOnlySpan{byte}, bool, ReadingQuality)"/>
    public void Add(long timestamp, ReadOnlySpan<byte> id, double level, double baseline, string unit, bool isSuspect, ReadingQuality quality = ReadingQuality.Good)
    {
        var ids = Ids.Length;
        Reserve(Count + 1, ids + id.Length);
        id.CopyTo(_ids.AsSpan(ids));
        (_timestamps[Count], _levels[Count], _baselines[Count], _units[Count], _suspect[Count]) = (timestamp, level, baseline, unit, isSuspect);
        _qualities[Count] = quality;
        _idEnds[Count++] = ids + id.Length;
    }

    /// <summary>Appends a range of <paramref name="other"/>.</summary>
    public void Add(ReadingColumns other, int start, int count)
    {
        for (var i = start; i < start + count; i++)
            Add(other._timestamps[i], other.Id(i), other._levels[i], other._baselines[i], other._units[i], other._suspect[i], other._qualities[i]);
    }

    /// <summary>Appends the readings of two others, merged in order.</summary>
    public void AddMerged(ReadingColumns one, ReadingColumns other, int otherStart, int otherCount)
    {
        var (i, j) = (0, otherStart);
        while (i < one.Count && j < otherStart + otherCount)
        {
            if (Compare(one, i, other, j) <= 0)
                Add(one, i++, 1);
            else
                Add(other, j++, 1);
        }

        Add(one, i, one.Count - i);
        Add(other, j, otherStart + otherCount - j);
    }

    /// <summary>Index of the first reading at or after a time; <see cref="Count"/> when there is none.</summary>
    public int FirstFrom(long timestamp)
    {
        var index = Timestamps.BinarySearch(timestamp);
        if (index < 0)
            return ~index;
        while (index > 0 && _timestamps[index - 1] == timestamp)
            index--;
        return index;
    }

    /// <summary>Converts a reading to the Core type.</summary>
    public Reading Reading(int index, string sensorId) =>
        new(sensorId, UnixMicroseconds.To(_timestamps[index]), Encoding.UTF8.GetString(Id(index)), _levels[index], _baselines[index], _units[index]) 
        {
            IsSuspect = _suspect[index],
            Quality = _qualities[index],
        };

    /// <summary>Makes room for a block; the reader fills it.</summary>
    internal (long[] Timestamps, double[] Levels, double[] Baselines, string[] Units, bool[] Suspect, ReadingQuality[] Qualities, int[] IdEnds, byte[] Ids) Fill(int count, int idBytes)
    {
        Count = 0;
        Reserve(count, idBytes);
        Count = count;
        return (_timestamps, _levels, _baselines, _units, _suspect, _qualities, _idEnds, _ids);
    }

    // Same order as the database: text by its bytes.
    private static int Compare(ReadingColumns one, int i, ReadingColumns other, int j)
    {
        var byTime = one._timestamps[i].CompareTo(other._timestamps[j]);
        return byTime != 0 ? byTime : one.Id(i).SequenceCompareTo(other.Id(j));
    }

    private static bool Matches(string text, ReadOnlySpan<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[3 * VibrationEventParser.MaximumIdLength];
        return text.Length <= VibrationEventParser.MaximumIdLength && bytes[..Encoding.UTF8.GetBytes(text, bytes)].SequenceEqual(utf8);
    }

    private void Reserve(int count, int idBytes)
    {
        if (count > _timestamps.Length)
        {
            var length = Math.Max(count, 2 * _timestamps.Length);
            Array.Resize(ref _timestamps, length);
            Array.Resize(ref _levels, length);
            Array.Resize(ref _baselines, length);
            Array.Resize(ref _suspect, length);
            Array.Resize(ref _qualities, length);
            Array.Resize(ref _units, length);
            Array.Resize(ref _idEnds, length);
        }

        if (idBytes > _ids.Length)
            Array.Resize(ref _ids, Math.Max(idBytes, 2 * _ids.Length));
    }
}
