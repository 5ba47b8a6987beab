using System.Text;
using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Storage;

/// <summary>Writes readings inside a <see cref="StorageSession"/>'s transaction: prepared statements, no change tracker. Not thread-safe.</summary>
internal sealed class ReadingWriter : IDisposable
{
    private static readonly string[] TablesOfKey = ["Readings", "Segments", "Rollups", "BadHours", "SensorUnits", "SensorLimits"];

    private readonly ReadingInsert _insert;
    private readonly BadHourInsert _bad;
    private readonly Statement _find;
    private readonly StoredReadings _stored;
    private readonly SegmentWriter _segments;
    private readonly SegmentPruner _pruner;
    private readonly UnitStretches _units;
    private readonly RemovedSensorPruner _removed;
    private readonly Statement _single;
    private readonly Statement[] _drop;

    /// <param name="connection">Open connection of the session.</param>
    /// <param name="history">The retention periods.</param>
    public ReadingWriter(SqliteConnection connection, HistoryOptions history)
    {
        _insert = new ReadingInsert(connection);
        _bad = new BadHourInsert(connection);
        _find = new(connection, "SELECT 1 FROM Readings WHERE SensorKey = ?1 AND Timestamp BETWEEN ?2 AND ?3 AND EventId = ?4 LIMIT 1");
        _stored = new(connection);
        _segments = new(connection);
        _pruner = new(connection, history);
        _units = new(connection);
        _removed = new(connection);
        _single = new(
            connection,
            $"""
            SELECT EXISTS (SELECT 1 FROM Segments WHERE SensorKey = ?1 AND Readings IS NULL)
                    OR EXISTS (SELECT 1 FROM Rollups WHERE SensorKey = ?1 AND Tier = {(int)RollupTier.Day} AND Bucket <
                        (SELECT coalesce(min(Start), {long.MaxValue}) FROM Segments WHERE SensorKey = ?1 AND Readings IS NOT NULL) / {Rollup.WidthOf(RollupTier.Day)}),
                   (SELECT coalesce(sum(Count), 0) FROM Segments WHERE SensorKey = ?1 AND Readings IS NOT NULL),
                   (SELECT count(*) FROM Readings WHERE SensorKey = ?1)
            """);
        _drop = [.. TablesOfKey.Select(table => new Statement(connection, $"DELETE FROM {table} WHERE SensorKey = ?1"))];
    }

    /// <summary>Adds a reading.</summary>
    /// <returns>False for a duplicate.</returns>
    public bool TryAdd(StoredSensor sensor, Reading reading)
    {
        if (IsCompacted(sensor, reading.EventId, reading.Timestamp, reading.Timestamp) || !_insert.TryAdd(sensor.Key, reading))
            return false;
        if (!reading.IsGood)
            _bad.Add(sensor.Key, reading);
        sensor.Uncompacted++;
        if (reading.Unit != sensor.Unit)
            _units.Begin(sensor);
        return true;
    }

    /// <summary>The newest reading of a sensor may have another unit than those before: see <see cref="UnitStretches"/>.</summary>
    public void FollowUnit(StoredSensor sensor, Reading newest)
    {
        if (newest.Unit != sensor.Unit)
            _units.Change(sensor, UnixMicroseconds.From(newest.Timestamp), newest.Unit);
    }

    /// <summary>True when a sensor has a reading with this event id between two timestamps.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="eventId">The event id.</param>
    /// <param name="since">Start, inclusive.</param>
    /// <param name="until">End, inclusive.</param>
    public bool IsStored(StoredSensor sensor, string eventId, DateTimeOffset since, DateTimeOffset until)
    {
        var found = _find
            .Bind(1, sensor.Key)
            .Bind(2, UnixMicroseconds.From(since))
            .Bind(3, UnixMicroseconds.From(until))
            .Bind(4, eventId, VibrationEventParser.MaximumIdLength)
            .Step();
        _find.Reset();
        return found || IsCompacted(sensor, eventId, since, until);
    }

    /// <summary>Moves some of a sensor's readings into a segment: <see cref="SegmentWriter"/>.</summary>
    public void Compact(StoredSensor sensor)
    {
        var (count, until) = _segments.Compact(sensor.Key);
        sensor.Uncompacted -= count;
        if (sensor.CompactedUntil is null || until > sensor.CompactedUntil)
            sensor.CompactedUntil = until;
    }

    /// <summary>Number of single readings of a sensor; null when others are kept in rollups only.</summary>
    public long? CountSingle(StoredSensor sensor)
    {
        _single.Bind(1, sensor.Key).Step();
        var (isPruned, compacted, uncompacted) = (_single.Int64(0) != 0, _single.Int64(1), _single.Int64(2));
        _single.Reset();
        return isPruned ? null : compacted + uncompacted;
    }

    /// <summary>Makes the single readings of a sensor those of another; those that it has already are left out.</summary>
    /// <param name="from">The sensor; nothing is left of its readings.</param>
    /// <param name="to">The other sensor.</param>
    public void Move(StoredSensor from, StoredSensor to)
    {
        var (good, others) = (
            _stored.From(from.Key, to.SensorId, DateTimeOffset.MinValue, int.MaxValue),
            _stored.From(from.Key, to.SensorId, DateTimeOffset.MinValue, int.MaxValue, good: false));
        foreach (var reading in good.Concat(others))
        {
            if (TryAdd(to, reading) && to.Uncompacted >= ReadingBlock.Capacity + SegmentWriter.NeverCompacted)
                Compact(to);
        }

        foreach (var statement in _drop)
            statement.Bind(1, from.Key).Run();
    }

    /// <summary>Event time of the first single reading of a sensor.</summary>
    public DateTimeOffset? First(StoredSensor sensor) => _stored.NextAfter(sensor.Key, sensor.SensorId, DateTimeOffset.MinValue);

    /// <summary>Removes a bounded number of rows past their retention period, and of deleted sensors.</summary>
    public void Prune(DateTimeOffset now)
    {
        _pruner.Prune(now);
        _removed.Prune();
    }

    /// <summary>The latest good readings of a sensor before a time, within the look-back of the rules, oldest first.</summary>
    public IReadOnlyList<Reading> Latest(StoredSensor sensor, DateTimeOffset before, int lookBackReadings, TimeSpan lookBackTime) =>
        _stored.LookBack(sensor.Key, sensor.SensorId, lookBackReadings, lookBackTime, before);

    /// <summary>Good readings of a sensor between two times, oldest first.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="from">Event time, inclusive.</param>
    /// <param name="to">Event time, inclusive.</param>
    /// <param name="maximum">Maximum number of readings.</param>
    public IReadOnlyList<Reading> Between(StoredSensor sensor, DateTimeOffset from, DateTimeOffset to, int maximum) =>
        _stored.From(sensor.Key, sensor.SensorId, from, maximum, to);

    /// <summary>Event time of the first good reading of a sensor after a time, or null.</summary>
    public DateTimeOffset? NextAfter(StoredSensor sensor, DateTimeOffset time) => _stored.NextAfter(sensor.Key, sensor.SensorId, time);

    /// <summary>Start of the readings needed for the on-delays and windows of the rules at a time.</summary>
    public DateTimeOffset LookBackFrom(StoredSensor sensor, DateTimeOffset at, int lookBackReadings, TimeSpan lookBackTime)
    {
        var before = _stored.Latest(sensor.Key, sensor.SensorId, at, lookBackReadings);
        var byTime = at - lookBackTime;
        return before.Count > 0 && before[0].Timestamp < byTime ? before[0].Timestamp : byTime;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _bad.Dispose();
        _find.Dispose();
        _stored.Dispose();
        _segments.Dispose();
        _pruner.Dispose();
        _units.Dispose();
        _removed.Dispose();
        _single.Dispose();
        foreach (var statement in _drop)
            statement.Dispose();
    }

    // Queried with the first reading of a sensor after start-up: querying all sensors would delay the start.
    private bool IsCompacted(StoredSensor sensor, string eventId, DateTimeOffset since, DateTimeOffset until)
    {
        if (sensor.Uncompacted is null)
            (sensor.Uncompacted, sensor.CompactedUntil) = _segments.ReadProgress(sensor.Key);
        return since <= sensor.CompactedUntil
            && _stored.IsCompacted(sensor.Key, Encoding.UTF8.GetBytes(eventId), UnixMicroseconds.From(since), UnixMicroseconds.From(until));
    }
}
