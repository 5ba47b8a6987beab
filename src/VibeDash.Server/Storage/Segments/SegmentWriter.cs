using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Compacts readings: moves the oldest readings of a sensor from the table into its segments and rollups, inside the event loop's transaction, so
/// rollups and segments always match. Late-arriving readings, duplicates and crashes need no special handling. Not thread-safe.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    /// <summary>Number of newest readings of a sensor that stay uncompacted: they include most late-arriving readings and duplicates.</summary>
    public const int NeverCompacted = 256;

    private const int MaximumSegment = 2 * ReadingBlock.Capacity;

    private readonly Statement _count;
    private readonly Statement _compactedUntil;
    private readonly Statement _oldest;
    private readonly Statement _delete;
    private readonly Statement _before;
    private readonly Statement _after;
    private readonly Statement _blocks;
    private readonly Statement _insert;
    private readonly Statement _update;
    private readonly Statement _rollUp;

    private readonly ReadingColumns _readings = new();
    private readonly ReadingColumns _compacted = new();
    private readonly ReadingColumns _merged = new();
    private readonly ReadingColumns _part = new();
    private readonly List<Rollup> _minutes = [];
    private readonly BlockWriter _readingBlock = new();
    private readonly BlockWriter _minuteBlock = new();

    public SegmentWriter(SqliteConnection connection)
    {
        _count = new(connection, "SELECT COUNT(*) FROM Readings WHERE SensorKey = ?1");
        _compactedUntil = new(connection, """SELECT "End" FROM Segments WHERE SensorKey = ?1 ORDER BY Start DESC, Id DESC LIMIT 1""");
        _oldest = new(
            connection,
            $"SELECT {ReadingColumns.Selected} FROM Readings WHERE SensorKey = ?1 ORDER BY Timestamp, EventId LIMIT ?2");
        _delete = new(connection, "DELETE FROM Readings WHERE SensorKey = ?1 AND (Timestamp, EventId) <= (?2, ?3)");
        _before = new(
            connection,
            """SELECT Id, "End", Count, Readings IS NOT NULL FROM Segments WHERE SensorKey = ?1 AND Start <= ?2 ORDER BY Start DESC, Id DESC LIMIT 1""");
        _after = new(connection, "SELECT Start FROM Segments WHERE SensorKey = ?1 AND Start > ?2 ORDER BY Start LIMIT 1");
        _blocks = new(connection, "SELECT Readings, Minutes FROM Segments WHERE Id = ?1");
        _insert = new(connection, """INSERT INTO Segments (SensorKey, Start, "End", Count, Minutes, Readings) VALUES (?1, ?2, ?3, ?4, ?5, ?6)""");
        _update = new(connection, """UPDATE Segments SET "End" = ?2, Count = ?3, Minutes = ?4, Readings = ?5 WHERE Id = ?1""");
        _rollUp = new(
            connection,
            """
            INSERT INTO Rollups (SensorKey, Tier, Bucket, Count, Min, Max, Sum, Last, LastAt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT DO UPDATE SET
                Count = Count + excluded.Count, Min = min(Min, excluded.Min), Max = max(Max, excluded.Max), Sum = Sum + excluded.Sum,
                Last = CASE WHEN excluded.LastAt > LastAt THEN excluded.Last WHEN excluded.LastAt < LastAt THEN Last ELSE max(Last, excluded.Last) END,
                LastAt = max(LastAt, excluded.LastAt)
            """);
    }

    /// <summary>Number of uncompacted readings of a sensor, and the newest compacted timestamp; null when there is none.</summary>
    public (int Uncompacted, DateTimeOffset? CompactedUntil) ReadProgress(int sensorKey)
    {
        _count.Bind(1, sensorKey).Step();
        var uncompacted = (int)_count.Int64(0);
        _count.Reset();
        if (!_compactedUntil.Bind(1, sensorKey).Step())
            return (uncompacted, null);
        var until = UnixMicroseconds.To(_compactedUntil.Int64(0));
        _compactedUntil.Reset();
        return (uncompacted, until);
    }

    /// <summary>Compacts the oldest <see cref="ReadingBlock.Capacity"/> uncompacted readings of a sensor, which should have more.</summary>
    /// <returns>Number of compacted readings, and the timestamp of the newest of them.</returns>
    public (int Count, DateTimeOffset Until) Compact(int sensorKey)
    {
        _readings.Clear();
        _oldest.Bind(1, sensorKey).Bind(2, ReadingBlock.Capacity);
        while (_oldest.Step())
            _readings.Add(_oldest);
        if (_readings.Count == 0)
            return default;
        PackAll(sensorKey);
        _delete.Bind(1, sensorKey).Bind(2, _readings.Timestamps[^1]).BindText(3, _readings.Id(_readings.Count - 1)).Run();
        return (_readings.Count, UnixMicroseconds.To(_readings.Timestamps[^1]));
    }

    /// <summary>Adds readings, at least one and in order, that have never been in the table: for importing a history.</summary>
    public void Add(int sensorKey, ReadingColumns readings)
    {
        _readings.Clear();
        _readings.Add(readings, 0, readings.Count);
        PackAll(sensorKey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (Statement[])[_count, _compactedUntil, _oldest, _delete, _before, _after, _blocks, _insert, _update, _rollUp])
            statement.Dispose();
    }

    private void PackAll(int sensorKey)
    {
        for (var done = 0; done < _readings.Count;)
            done += Pack(sensorKey, done);
        RollUp(sensorKey, RollupTier.Hour);
        RollUp(sensorKey, RollupTier.Day);
    }

    // Packs readings starting at an index, as far as they fit into the same segment.
    private int Pack(int sensorKey, int start)
    {
        var first = _readings.Timestamps[start];
        var (id, end, count, hasReadings) = Before(sensorKey, first);
        if (id is not null && first < end)
        {
            var inside = _readings.FirstFrom(end + 1) - start;
            if (hasReadings)
                Merge(sensorKey, id.Value, start, inside);
            else
                MergeMinutes(id.Value, end, count, start, inside);
            return inside;
        }

        var next = _after.Bind(1, sensorKey).Bind(2, first).Step() ? _after.Int64(0) : long.MaxValue;
        _after.Reset();
        var free = _readings.FirstFrom(next) - start;
        if (id is not null && hasReadings && count + free <= ReadingBlock.Capacity)
        {
            Merge(sensorKey, id.Value, start, free);
        }
        else
        {
            CopyPart(_readings, start, free);
            Insert(sensorKey);
        }

        return free;
    }

    private (long? Id, long End, int Count, bool HasReadings) Before(int sensorKey, long timestamp)
    {
        if (!_before.Bind(1, sensorKey).Bind(2, timestamp).Step())
            return default;
        var found = (_before.Int64(0), _before.Int64(1), (int)_before.Int64(2), _before.Int64(3) != 0);
        _before.Reset();
        return found;
    }

    private void Merge(int sensorKey, long id, int start, int count)
    {
        _blocks.Bind(1, id).Step();
        ReadingBlock.Read(_blocks.Bytes(0), _compacted);
        _blocks.Reset();
        _merged.Clear();
        _merged.AddMerged(_compacted, _readings, start, count);

        var parts = _merged.Count > MaximumSegment ? (_merged.Count + ReadingBlock.Capacity - 1) / ReadingBlock.Capacity : 1;
        for (var part = 0; part < parts; part++)
        {
            var from = (int)((long)_merged.Count * part / parts);
            CopyPart(_merged, from, (int)((long)_merged.Count * (part + 1) / parts) - from);
            if (part > 0)
                Insert(sensorKey);
            else
                _update.Bind(1, id).Bind(2, _part.Timestamps[^1]).Bind(3, _part.Count).BindBytes(4, _minuteBlock.Written).BindBytes(5, _readingBlock.Written).Run();
        }
    }

    // Single readings of that segment are no longer kept, so these are added only to its rollups.
    private void MergeMinutes(long id, long end, int segmentCount, int start, int count)
    {
        _blocks.Bind(1, id).Step();
        var hasMinutes = !_blocks.IsNull(1);
        if (hasMinutes)
            MinuteBlock.Read(_blocks.Bytes(1), _minutes);
        _blocks.Reset();

        _update.Bind(1, id).Bind(2, end).Bind(3, segmentCount + count).BindNull(4).BindNull(5);
        if (hasMinutes)
        {
            for (var i = start; i < start + count; i++)
            {
                if (_readings.Qualities[i] != ReadingQuality.Good)
                    continue;
                var reading = Rollup.Of(_readings.Timestamps[i], _readings.Levels[i], RollupTier.Minute);
                var at = _minutes.FindIndex(minute => minute.Start >= reading.Start);
                if (at >= 0 && _minutes[at].Start == reading.Start)
                    _minutes[at] = _minutes[at].With(reading);
                else
                    _minutes.Insert(at < 0 ? _minutes.Count : at, reading);
            }

            _minuteBlock.Clear();
            MinuteBlock.Write(_minuteBlock, _minutes);
            _update.BindBytes(4, _minuteBlock.Written);
        }

        _update.Run();
    }

    private void CopyPart(ReadingColumns readings, int start, int count)
    {
        _part.Clear();
        _part.Add(readings, start, count);
        _readingBlock.Clear();
        ReadingBlock.Write(_readingBlock, _part);
        _minuteBlock.Clear();
        MinuteBlock.Condense(_part, _minutes);
        MinuteBlock.Write(_minuteBlock, _minutes);
    }

    private void Insert(int sensorKey) => _insert
        .Bind(1, sensorKey)
        .Bind(2, _part.Timestamps[0])
        .Bind(3, _part.Timestamps[^1])
        .Bind(4, _part.Count)
        .BindBytes(5, _minuteBlock.Written)
        .BindBytes(6, _readingBlock.Written)
        .Run();

    private void RollUp(int sensorKey, RollupTier tier)
    {
        Rollup? rollup = null;
        for (var i = 0; i < _readings.Count; i++)
        {
            if (_readings.Qualities[i] != ReadingQuality.Good)
                continue;
            var reading = Rollup.Of(_readings.Timestamps[i], _readings.Levels[i], tier);
            if (rollup is { } same && same.Start == reading.Start)
            {
                rollup = same.With(reading);
                continue;
            }

            if (rollup is { } complete)
                Put(sensorKey, tier, complete);
            rollup = reading;
        }

        if (rollup is { } last)
            Put(sensorKey, tier, last);
    }

    private void Put(int sensorKey, RollupTier tier, in Rollup rollup) => _rollUp
        .Bind(1, sensorKey)
        .Bind(2, (long)tier)
        .Bind(3, rollup.Start / Rollup.WidthOf(tier))
        .Bind(4, rollup.Count)
        .Bind(5, rollup.Min)
        .Bind(6, rollup.Max)
        .Bind(7, rollup.Sum)
        .Bind(8, rollup.Last)
        .Bind(9, rollup.LastAt)
        .Run();
}
