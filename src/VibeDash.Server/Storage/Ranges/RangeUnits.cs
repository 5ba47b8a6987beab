using System.Text;
using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>The unit of a range's answer, and the conversion of levels and rollups to it. Not thread-safe.</summary>
internal sealed class RangeUnits(SqliteConnection connection) : IDisposable
{
    private readonly UnitStretches _stretches = new(connection);
    private readonly List<bool> _isUsable = [];
    private byte[] _utf8 = [];
    private string _text = "";

    /// <summary>Unit of the answer.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>True when all rollups have the unit of the answer.</summary>
    public bool IsOne { get; private set; }

    /// <summary>Loads a sensor and chooses the unit: the present one or, for a range that ends in a stretch that cannot be converted to it, that of the stretch.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="present">Unit of its latest level; null when that is not known.</param>
    /// <param name="to">End of the range, in microseconds since the Unix epoch.</param>
    public void Load(int sensorKey, string? present, long to)
    {
        _stretches.Load(sensorKey);
        var last = _stretches.All.Count == 0 ? null : _stretches.All[_stretches.IndexAt(to)].Unit;
        Unit = last is null || (present is not null && IsConvertible(last, present)) ? present ?? "" : last;
        _isUsable.Clear();
        _isUsable.AddRange(_stretches.All.Select(stretch => IsConvertible(stretch.Unit, Unit)));
        IsOne = _stretches.All.All(stretch => stretch.Unit == Unit);
    }

    /// <summary>Converts a level of a single reading.</summary>
    /// <returns>False when that is impossible.</returns>
    public bool TryConvert(ref double level, string unit) => Unit.Length == 0 || VibrationUnit.TryConvert(level, unit, Unit, out level);

    /// <inheritdoc cref="TryConvert(ref double, string)"/>
    public bool TryConvert(ref double level, ReadOnlySpan<byte> unit)
    {
        if (!unit.SequenceEqual(_utf8))
            (_utf8, _text) = (unit.ToArray(), Encoding.UTF8.GetString(unit));
        return TryConvert(ref level, _text);
    }

    /// <summary>Converts the levels of a rollup that starts at a time.</summary>
    /// <returns>False when that is impossible.</returns>
    public bool TryConvert(long start, ref double min, ref double max, ref double sum)
    {
        if (IsOne)
            return true;
        var unit = _stretches.All[_stretches.IndexAt(start)].Unit;
        return VibrationUnit.TryConvert(min, unit, Unit, out min) && VibrationUnit.TryConvert(max, unit, Unit, out max) && VibrationUnit.TryConvert(sum, unit, Unit, out sum);
    }

    /// <summary>
    /// For each rollup of a tier that holds nothing of stretches inside it, the start of the first of these: the rollup has the unit before, from which there is
    /// no conversion.
    /// </summary>
    public IEnumerable<long> Missing(long width)
    {
        long? done = null;
        for (var i = 1; i < _isUsable.Count; i++)
        {
            var (from, start) = (_stretches.All[i].From, Rollup.StartOf(_stretches.All[i].From, width));
            if (start == done || !_isUsable[i] || start == from || _isUsable[_stretches.IndexAt(start)])
                continue;
            done = start;
            yield return from;
        }
    }

    /// <summary>The stretches of a range that cannot be converted.</summary>
    public UnitCut[] Cuts(long from, long to)
    {
        var cuts = new List<UnitCut>();
        for (var i = 0; i < _isUsable.Count; i++)
        {
            var (start, end) = (Math.Max(_stretches.All[i].From, from), Math.Min(i + 1 < _isUsable.Count ? _stretches.All[i + 1].From : to, to));
            if (!_isUsable[i] && start < end)
                cuts.Add(new(UnixMicroseconds.To(start), UnixMicroseconds.To(end), _stretches.All[i].Unit));
        }

        return [.. cuts];
    }

    /// <inheritdoc/>
    public void Dispose() => _stretches.Dispose();

    private static bool IsConvertible(string from, string to) => VibrationUnit.WhyNotComparable(from, to) is null;
}
