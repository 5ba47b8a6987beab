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

    private readonly Statement _uncompacted = new(connection, "SELECT Timestamp, Level FROM Readings WHERE SensorKey = ?1 AND Timestamp BETWEEN ?2 AND ?3 AND Quality = 0");

    private readonly MinuteColumns _block = new();
    private long[] _timestamps = [];
    private double[] _levels = [];

    /// <summary>Reads the buckets of a range, of good readings.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="from">Start, in microseconds since the Unix epoch; rounded down to a whole bucket.</param>
    /// <param name="to">End, rounded up.</param>
    /// <param name="width">Width of a bucket, in milliseconds.</param>
    /// <returns>The non-empty buckets, oldest first, and their width: wider where finer data is no longer kept.</returns>
    public (TrendBucket[] Buckets, long Width) Read(int sensorKey, long from, long to, long width)
    {
        var micros = width * Millisecond;
        var sums = new BucketSums(from, to, micros);
        while (!AddCompacted(sensorKey, sums, micros))
        {
            micros = micros < Minute ? Minute : Hour;
            sums = new(from, to, micros);
        }

        _uncompacted.Bind(1, sensorKey).Bind(2, sums.From).Bind(3, sums.To);
        while (_uncompacted.Step())
            sums.Add(_uncompacted.Int64(0), _uncompacted.Double(1));
        return (sums.ToBuckets(), micros / Millisecond);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (Statement[])[_readings, _minutes, _rollups, _uncompacted])
            statement.Dispose();
    }

    private bool AddCompacted(int sensorKey, BucketSums sums, long width)
    {
        if (width % Day == 0)
            return AddRollups(sensorKey, sums, RollupTier.Day);
        if (width % Hour == 0)
            return AddRollups(sensorKey, sums, RollupTier.Hour);
        var isByMinute = width % Minute == 0;
        var segments = (isByMinute ? _minutes : _readings).Bind(1, sensorKey).Bind(2, sums.From).Bind(3, sums.To);
        while (segments.Step())
        {
            if (segments.IsNull(0))
            {
                segments.Reset();
                return false;
            }

            if (isByMinute)
                AddMinutes(segments.Bytes(0), sums);
            else
                AddReadings(segments.Bytes(0), sums);
        }

        return true;
    }

    private bool AddRollups(int sensorKey, BucketSums sums, RollupTier tier)
    {
        var width = Rollup.WidthOf(tier);
        _rollups.Bind(1, sensorKey).Bind(2, (long)tier).Bind(3, sums.From / width).Bind(4, sums.To / width);
        while (_rollups.Step())
            sums.Add(_rollups.Int64(0) * width, _rollups.Int64(1), _rollups.Double(2), _rollups.Double(3), _rollups.Double(4));
        return true;
    }

    private void AddMinutes(ReadOnlySpan<byte> block, BucketSums sums)
    {
        MinuteBlock.Read(block, _block);
        for (var i = 0; i < _block.Count; i++)
            sums.Add(_block.Starts[i], _block.Counts[i], _block.Mins[i], _block.Maxes[i], _block.Sums[i]);
    }

    private void AddReadings(ReadOnlySpan<byte> block, BucketSums sums)
    {
        var count = ReadingBlock.ReadLevels(block, ref _timestamps, ref _levels);
        for (var i = 0; i < count; i++)
            sums.Add(_timestamps[i], _levels[i]);
    }
}
