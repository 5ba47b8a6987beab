using Microsoft.Data.Sqlite;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>
/// Fills the buckets of a range from the coarsest rollups that are fine enough: the cost depends on the number of buckets, not of readings.
/// The few uncompacted readings are added one by one. Use it inside one transaction. Not thread-safe.
/// </summary>
internal sealed class BucketReader(SqliteConnection connection) : IDisposable
{
    private const long Millisecond = 1000;

    private static readonly long Minute = Rollup.WidthOf(RollupTier.Minute);
    private static readonly long Hour = Rollup.WidthOf(RollupTier.Hour);
    private static readonly long Day = Rollup.WidthOf(RollupTier.Day);

    private readonly Statement _readings = new(connection, $"SELECT Readings {StoredReadings.SegmentsInRange}");
    private readonly Statement _minutes = new(connection, $"SELECT Minutes {StoredReadings.SegmentsInRange}");
    private readonly Statement _rollups = new(
        connection,
        "SELECT Bucket, Count, Min, Max, Sum FROM Rollups WHERE SensorKey = ?1 AND Tier = ?2 AND Bucket BETWEEN ?3 AND ?4");

    private readonly Statement _uncompacted = new(connection, "SELECT Timestamp, Level, Unit FROM Readings WHERE SensorKey = ?1 AND Timestamp BETWEEN ?2 AND ?3 AND Quality = 0");

    private readonly RangeUnits _units = new(connection);
    private readonly MinuteColumns _block = new();
    private long[] _timestamps = [];
    private double[] _levels = [];
    private string[] _unitTexts = [];

    /// <summary>Reads the buckets of a range, of good readings.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="from">Start, in microseconds since the Unix epoch; rounded down to a whole bucket.</param>
    /// <param name="to">End, rounded up.</param>
    /// <param name="width">Width of a bucket, in milliseconds.</param>
    /// <param name="unit">Unit of the sensor's latest level; null when that is not known.</param>
    public BucketRange Read(int sensorKey, long from, long to, long width, string? unit)
    {
        _units.Load(sensorKey, unit, to);
        var micros = width * Millisecond;
        var sums = new BucketSums(from, to, micros);
        while (!AddCompacted(sensorKey, sums, micros))
        {
            micros = micros < Minute ? Minute : Hour;
            sums = new(from, to, micros);
        }

        _uncompacted.Bind(1, sensorKey).Bind(2, sums.From).Bind(3, sums.To);
        while (_uncompacted.Step())
            AddReading(_uncompacted.Int64(0), _uncompacted.Double(1), _uncompacted.Bytes(2), sums);
        return new(sums.ToBuckets(), micros / Millisecond, _units.Unit, _units.Cuts(from, to));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (Statement[])[_readings, _minutes, _rollups, _uncompacted])
            statement.Dispose();
        _units.Dispose();
    }

    private bool AddCompacted(int sensorKey, BucketSums sums, long width)
    {
        var tier = width % Day == 0 ? Day : width % Hour == 0 ? Hour : width % Minute == 0 ? Minute : 0;
        if (!Add(sensorKey, tier, sums.From, sums.To, sums))
            return false;

        // What a rollup lacks, because the unit changed within it, comes from finer data, as far as that is kept.
        if (tier > 0 && !_units.IsOne)
        {
            foreach (var from in _units.Missing(tier))
                AddFiner(sensorKey, tier, from, sums);
        }

        return true;
    }

    // From a time to the end of its rollup of a tier: whole rollups of the next finer tier, and for the part before them the same again.
    private void AddFiner(int sensorKey, long tier, long from, BucketSums sums)
    {
        var finer = tier == Day ? Hour : tier == Hour ? Minute : 0;
        var end = Rollup.StartOf(from, tier) + tier - 1;
        if (finer == 0)
        {
            Add(sensorKey, 0, from, end, sums);
            return;
        }

        var whole = Rollup.StartOf(from + finer - 1, finer);
        if (whole > from)
            AddFiner(sensorKey, finer, from, sums);
        if (whole > end)
            return;
        Add(sensorKey, finer, whole, end, sums);
        foreach (var next in _units.Missing(finer))
        {
            if (next >= whole && next <= end)
                AddFiner(sensorKey, finer, next, sums);
        }
    }

    // False when data of this tier is no longer kept.
    private bool Add(int sensorKey, long tier, long from, long to, BucketSums sums)
    {
        if (tier >= Hour)
        {
            AddRollups(sensorKey, tier, from, to, sums);
            return true;
        }

        var segments = (tier == Minute ? _minutes : _readings).Bind(1, sensorKey).Bind(2, from).Bind(3, to);
        while (segments.Step())
        {
            if (segments.IsNull(0))
            {
                segments.Reset();
                return false;
            }

            if (tier == Minute)
                AddMinutes(segments.Bytes(0), from, to, sums);
            else
                AddReadings(segments.Bytes(0), from, to, sums);
        }

        return true;
    }

    private void AddRollups(int sensorKey, long width, long from, long to, BucketSums sums)
    {
        _rollups.Bind(1, sensorKey).Bind(2, width / 1_000_000).Bind(3, from / width).Bind(4, to / width);
        while (_rollups.Step())
        {
            var (start, min, max, sum) = (_rollups.Int64(0) * width, _rollups.Double(2), _rollups.Double(3), _rollups.Double(4));
            if (_units.TryConvert(start, ref min, ref max, ref sum))
                sums.Add(start, _rollups.Int64(1), min, max, sum);
        }
    }

    private void AddMinutes(ReadOnlySpan<byte> block, long from, long to, BucketSums sums)
    {
        MinuteBlock.Read(block, _block);
        for (var i = 0; i < _block.Count; i++)
        {
            var start = _block.Starts[i];
            if (start >= from && start <= to && _units.TryConvert(start, ref _block.Mins[i], ref _block.Maxes[i], ref _block.Sums[i]))
                sums.Add(start, _block.Counts[i], _block.Mins[i], _block.Maxes[i], _block.Sums[i]);
        }
    }

    private void AddReadings(ReadOnlySpan<byte> block, long from, long to, BucketSums sums)
    {
        var count = ReadingBlock.ReadLevels(block, ref _timestamps, ref _levels, ref _unitTexts);
        for (var i = 0; i < count; i++)
        {
            if (_timestamps[i] >= from && _timestamps[i] <= to && _units.TryConvert(ref _levels[i], _unitTexts[i]))
                sums.Add(_timestamps[i], _levels[i]);
        }
    }

    private void AddReading(long timestamp, double level, ReadOnlySpan<byte> unit, BucketSums sums)
    {
        if (_units.TryConvert(ref level, unit))
            sums.Add(timestamp, level);
    }
}
