using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// The readings of a sensor in order, from segments and the table. Use it inside one transaction: otherwise compaction could make a reading
/// appear twice or not at all. Single readings past their retention period are not included. Not thread-safe.
/// </summary>
internal sealed class StoredReadings : IDisposable
{
    /// <summary>
    /// Segments of sensor <c>?1</c> with readings from <c>?2</c> to <c>?3</c>, both inclusive; append it to the columns. Of the segments that
    /// start before the range, only the last can reach into it.
    /// </summary>
    public const string SegmentsInRange =
        """
        FROM Segments
        WHERE SensorKey = ?1 AND Start >= coalesce((SELECT max(Start) FROM Segments WHERE SensorKey = ?1 AND Start < ?2), ?2) AND Start <= ?3 AND "End" >= ?2
        """;

    private readonly Statement _segments;
    private readonly Statement _segmentsBefore;
    private readonly Statement _endOfPage;
    private readonly Statement _page;
    private readonly Statement _latest;
    private readonly Statement _newestQuality;
    private readonly ReadingColumns _compacted = new();
    private readonly ReadingColumns _uncompacted = new();
    private readonly ReadingColumns _slice = new();
    private readonly ReadingColumns _portion = new();

    // A sensor may have sent nothing good for a year; beyond so many segments without a good reading, it starts anew.
    private const int MaximumBadSegments = 100;

    // A window or on-delay of a fast sensor may hold many readings; beyond this, the oldest are ignored after a restart.
    private const int MaximumLookBack = 10_000;

    /// <summary>Creates a reader on a context and opens its connection.</summary>
    public static StoredReadings Open(VibeDashContext context)
    {
        context.Database.OpenConnection();
        return new((SqliteConnection)context.Database.GetDbConnection());
    }

    public StoredReadings(SqliteConnection connection)
    {
        _segments = new(connection, $"""SELECT Start, "End", Readings {SegmentsInRange} ORDER BY Start, Id""");
        _segmentsBefore = new(
            connection,
            """SELECT "End", Readings FROM Segments WHERE SensorKey = ?1 AND Start < ?2 ORDER BY Start DESC, Id DESC""");
        _endOfPage = new(connection, "SELECT Timestamp FROM Readings WHERE SensorKey = ?1 AND Timestamp >= ?2 ORDER BY Timestamp, EventId LIMIT 1 OFFSET ?3");
        _page = new(
            connection,
            $"SELECT {ReadingColumns.Selected} FROM Readings WHERE SensorKey = ?1 AND Timestamp BETWEEN ?2 AND ?3 ORDER BY Timestamp, EventId");
        _latest = new(
            connection,
            $"SELECT {ReadingColumns.Selected} FROM Readings WHERE SensorKey = ?1 AND Timestamp < ?2 AND Quality = 0 ORDER BY Timestamp DESC, EventId DESC LIMIT ?3");
        _newestQuality = new(connection, "SELECT Quality FROM Readings WHERE SensorKey = ?1 ORDER BY Timestamp DESC, EventId DESC LIMIT 1");
    }

    /// <summary>Reads the next portion from a time on: a few thousand readings or fewer.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="from">Start, inclusive; in microseconds since the Unix epoch, like all times here.</param>
    /// <param name="to">End, inclusive.</param>
    /// <param name="readings">Receives the readings; its content is replaced.</param>
    /// <returns>End, inclusive, of the time completely read; <paramref name="to"/> when there are no more.</returns>
    public long Slice(int sensorKey, long from, long to, ReadingColumns readings)
    {
        readings.Clear();
        _slice.Clear();
        long? end = null;
        _segments.Bind(1, sensorKey).Bind(2, from).Bind(3, to);
        while (_segments.Step())
        {
            // Another segment only when it starts at the end of the previous one.
            if (end is not null && _segments.Int64(0) > end)
            {
                _segments.Reset();
                break;
            }

            if (_segments.IsNull(2))
                continue;
            ReadingBlock.Read(_segments.Bytes(2), _compacted);
            _slice.Add(_compacted, 0, _compacted.Count);
            end = Math.Max(end ?? 0, _segments.Int64(1));
        }

        if (end is null && _endOfPage.Bind(1, sensorKey).Bind(2, from).Bind(3, ReadingBlock.Capacity - 1).Step())
        {
            end = _endOfPage.Int64(0);
            _endOfPage.Reset();
        }

        var until = Math.Min(end ?? to, to);
        _uncompacted.Clear();
        _page.Bind(1, sensorKey).Bind(2, from).Bind(3, until);
        while (_page.Step())
            _uncompacted.Add(_page);
        var first = _slice.FirstFrom(from);
        readings.AddMerged(_uncompacted, _slice, first, _slice.FirstFrom(until + 1) - first);
        return until;
    }

    /// <summary>Readings starting at a time, oldest first.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="maximum">Maximum number of readings.</param>
    /// <param name="to">Inclusive; null for all.</param>
    /// <param name="good">True for the good ones, false for the others.</param>
    public List<Reading> From(int sensorKey, string sensorId, DateTimeOffset from, int maximum, DateTimeOffset? to = null, bool good = true) =>
        [.. Each(sensorKey, sensorId, from, to, good).Take(maximum)];

    /// <summary>The same one by one, with a few thousand in memory, however many there are. Read nothing else from here meanwhile.</summary>
    public IEnumerable<Reading> Each(int sensorKey, string sensorId, DateTimeOffset from, DateTimeOffset? to = null, bool good = true)
    {
        var last = to is { } limit ? UnixMicroseconds.From(limit) : long.MaxValue - 1;
        for (var start = UnixMicroseconds.From(from); start <= last;)
        {
            var end = Slice(sensorKey, start, last, _portion);
            for (var i = 0; i < _portion.Count; i++)
            {
                if (_portion.Qualities[i] == ReadingQuality.Good == good)
                    yield return _portion.Reading(i, sensorId);
            }

            if (end == last)
                break;
            start = end + 1;
        }
    }

    /// <summary>The first reading of a sensor that was not good, starting at a time; null when its newest one is good.</summary>
    public Reading? FirstBad(int sensorKey, string sensorId, DateTimeOffset from)
    {
        // The newest readings of a sensor are never in segments.
        if (!_newestQuality.Bind(1, sensorKey).Step())
            return null;
        var newest = (ReadingQuality)_newestQuality.Int64(0);
        _newestQuality.Reset();
        return newest == ReadingQuality.Good ? null : From(sensorKey, sensorId, from, maximum: 1, good: false) is [var first] ? first : null;
    }

    /// <summary>Event time of the first good reading after a time, or null.</summary>
    public DateTimeOffset? NextAfter(int sensorKey, string sensorId, DateTimeOffset time) =>
        From(sensorKey, sensorId, time.AddMicroseconds(1), maximum: 1) is [var next] ? next.Timestamp : null;

    /// <summary>The newest good readings before a time, oldest first.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="before">Exclusive.</param>
    /// <param name="maximum">Maximum number of readings.</param>
    /// <param name="since">Earliest time, inclusive.</param>
    public List<Reading> Latest(int sensorKey, string sensorId, DateTimeOffset before, int maximum, DateTimeOffset since = default)
    {
        var (least, end) = (since == default ? long.MinValue : UnixMicroseconds.From(since), UnixMicroseconds.From(before));
        _uncompacted.Clear();
        _latest.Bind(1, sensorKey).Bind(2, end).Bind(3, maximum);
        while (_latest.Step())
        {
            if (_latest.Int64(0) < least)
            {
                _latest.Reset();
                break;
            }

            _uncompacted.Add(_latest);
        }

        // Newest first.
        var found = Enumerable.Range(0, _uncompacted.Count).Select(i => _uncompacted.Reading(i, sensorId)).ToList();
        var bad = 0;
        _segmentsBefore.Bind(1, sensorKey).Bind(2, end);
        while (_segmentsBefore.Step())
        {
            var segmentEnd = _segmentsBefore.Int64(0);
            if (segmentEnd < least || bad > MaximumBadSegments || (found.Count >= maximum && UnixMicroseconds.From(found[^1].Timestamp) >= segmentEnd))
            {
                _segmentsBefore.Reset();
                break;
            }

            if (_segmentsBefore.IsNull(1))
                continue;
            ReadingBlock.Read(_segmentsBefore.Bytes(1), _compacted);
            var known = found.Count;
            for (var i = _compacted.FirstFrom(end) - 1; i >= 0 && _compacted.Timestamps[i] >= least; i--)
            {
                if (_compacted.Qualities[i] == ReadingQuality.Good)
                    found.Add(_compacted.Reading(i, sensorId));
            }

            bad += found.Count == known ? 1 : 0;
            found = [.. found.OrderByDescending(reading => reading.Timestamp).ThenByDescending(reading => reading.EventId, StringComparer.Ordinal).Take(maximum)];
        }

        found.Reverse();
        return found;
    }

    /// <summary>The newest good readings of a sensor, oldest first: a minimum number, and all within a time before the newest of them.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="readings">Minimum number of readings.</param>
    /// <param name="time">Time before the newest reading, by event time; limited to 10,000 readings.</param>
    /// <param name="before">Exclusive; null for all.</param>
    public List<Reading> LookBack(int sensorKey, string sensorId, int readings, TimeSpan time, DateTimeOffset? before = null)
    {
        var end = before ?? DateTimeOffset.MaxValue;
        var latest = Latest(sensorKey, sensorId, end, readings);
        if (latest.Count == 0 || time == TimeSpan.Zero || latest[^1].Timestamp - latest[0].Timestamp >= time)
            return latest;
        var inTime = Latest(sensorKey, sensorId, end, MaximumLookBack, since: latest[^1].Timestamp - time);
        return inTime.Count > latest.Count ? inTime : latest;
    }

    /// <summary>True when a sensor's segments have a reading with this event id between two timestamps, inclusive.</summary>
    public bool IsCompacted(int sensorKey, ReadOnlySpan<byte> eventId, long since, long until)
    {
        _segments.Bind(1, sensorKey).Bind(2, since).Bind(3, until);
        while (_segments.Step())
        {
            if (_segments.IsNull(2))
                continue;
            ReadingBlock.Read(_segments.Bytes(2), _compacted);
            for (var i = _compacted.FirstFrom(since); i < _compacted.Count && _compacted.Timestamps[i] <= until; i++)
            {
                if (!_compacted.Id(i).SequenceEqual(eventId))
                    continue;
                _segments.Reset();
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (Statement[])[_segments, _segmentsBefore, _endOfPage, _page, _latest, _newestQuality])
            statement.Dispose();
    }
}
