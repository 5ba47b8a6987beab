using Microsoft.Data.Sqlite;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Removes data past its retention period and releases its space, in steps too small to delay a commit; inside the event loop's transaction.
/// Not thread-safe.
/// </summary>
internal sealed class SegmentPruner : IDisposable
{
    /// <summary>Maximum segments per step: more than the readings that arrive between two steps can fill.</summary>
    public const int Step = 64;

    /// <summary>Database pages released per step.</summary>
    public const int PagesOfStep = 256;

    // With a smaller share of free pages, new readings will use them.
    private const int MinimumShareOfFreePages = 8;

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(10);

    private readonly HistoryOptions _options;
    private readonly Statement _oldReadings;
    private readonly Statement _hasAlert;
    private readonly Statement _dropReadings;
    private readonly Statement _dropMinutes;
    private readonly Statement _nextSensor;
    private readonly Statement _dropRollups;
    private readonly Statement _dropSegments;
    private readonly Statement _dropBadHours;
    private readonly Statement _pages;
    private readonly Statement _giveBack;
    private readonly List<(long Id, int SensorKey, long Start, long End)> _found = [];
    private long _afterEnd = long.MinValue;
    private long _afterId;
    private long _afterSensor;
    private DateTimeOffset _nextRound;

    public SegmentPruner(SqliteConnection connection, HistoryOptions options)
    {
        _options = options;
        _oldReadings = new(
            connection,
            """
            SELECT Id, SensorKey, Start, "End" FROM Segments
            WHERE Readings IS NOT NULL AND "End" < ?1 AND ("End", Id) > (?2, ?3) ORDER BY "End", Id LIMIT ?4
            """);
        _hasAlert = new(
            connection,
            """
            SELECT 1 FROM Alerts JOIN Sensors ON Sensors.SensorId = Alerts.SensorId
            WHERE Sensors.Key = ?1 AND FirstSince <= ?3 AND (ClearedAt IS NULL OR ClearedAt >= ?2) LIMIT 1
            """);
        _dropReadings = new(connection, "UPDATE Segments SET Readings = NULL WHERE Id = ?1");
        _dropMinutes = new(
            connection,
            """
            UPDATE Segments SET Minutes = NULL WHERE Id IN
                (SELECT Id FROM Segments WHERE Minutes IS NOT NULL AND Readings IS NULL AND "End" < ?1 ORDER BY "End" LIMIT ?2)
            """);
        _nextSensor = new(connection, "SELECT Key FROM Sensors WHERE Key > ?1 ORDER BY Key LIMIT 1");
        _dropRollups = new(connection, "DELETE FROM Rollups WHERE SensorKey = ?1 AND Tier = ?2 AND Bucket < ?3");
        _dropSegments = new(connection, """DELETE FROM Segments WHERE SensorKey = ?1 AND Start < ?2 AND "End" < ?2 AND Readings IS NULL AND Minutes IS NULL""");
        _dropBadHours = new(connection, "DELETE FROM BadHours WHERE SensorKey = ?1 AND Hour < ?2");
        _pages = new(connection, "SELECT freelist_count, page_count FROM pragma_freelist_count, pragma_page_count");
        _giveBack = new(connection, $"PRAGMA incremental_vacuum({PagesOfStep})");
    }

    /// <summary>Executes a step, if there is work.</summary>
    /// <param name="now">The time; ages are by event time.</param>
    public void Prune(DateTimeOffset now)
    {
        if (now >= _nextRound && !PruneReadings(now.AddDays(-_options.ReadingDays)))
        {
            (_afterEnd, _afterId) = (long.MinValue, 0);
            _nextRound = now + BetweenRounds;
        }

        _dropMinutes.Bind(1, UnixMicroseconds.From(now.AddDays(-_options.MinuteDays))).Bind(2, Step).Run();
        if (_options.HourDays is not null || _options.DayDays is not null)
            PruneRollups(now);
        GiveBack();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (Statement[])[_oldReadings, _hasAlert, _dropReadings, _dropMinutes, _nextSensor, _dropRollups, _dropSegments, _dropBadHours, _pages, _giveBack])
            statement.Dispose();
    }

    // Segments kept for an alert are skipped and checked again in the next round.
    private bool PruneReadings(DateTimeOffset before)
    {
        _found.Clear();
        _oldReadings.Bind(1, UnixMicroseconds.From(before)).Bind(2, _afterEnd).Bind(3, _afterId).Bind(4, Step);
        while (_oldReadings.Step())
            _found.Add((_oldReadings.Int64(0), (int)_oldReadings.Int64(1), _oldReadings.Int64(2), _oldReadings.Int64(3)));
        foreach (var (id, sensorKey, start, end) in _found)
        {
            (_afterEnd, _afterId) = (end, id);
            var isKept = _hasAlert.Bind(1, sensorKey).Bind(2, start).Bind(3, end).Step();
            _hasAlert.Reset();
            if (!isKept)
                _dropReadings.Bind(1, id).Run();
        }

        return _found.Count == Step;
    }

    // Round-robin over the sensors.
    private void PruneRollups(DateTimeOffset now)
    {
        if (!_nextSensor.Bind(1, _afterSensor).Step())
        {
            _afterSensor = 0;
            return;
        }

        _afterSensor = _nextSensor.Int64(0);
        _nextSensor.Reset();
        Drop(RollupTier.Hour, _options.HourDays);
        Drop(RollupTier.Day, _options.DayDays);
        if (_options.HourDays is not { } days)
            return;
        _dropBadHours.Bind(1, _afterSensor).Bind(2, now.AddDays(-days).ToUnixTimeSeconds() / (long)RollupTier.Hour).Run();
        _dropSegments.Bind(1, _afterSensor).Bind(2, UnixMicroseconds.From(now.AddDays(-days))).Run();

        void Drop(RollupTier tier, int? days)
        {
            if (days is not null)
                _dropRollups.Bind(1, _afterSensor).Bind(2, (long)tier).Bind(3, now.AddDays(-days.Value).ToUnixTimeSeconds() / (long)tier).Run();
        }
    }

    private void GiveBack()
    {
        _pages.Step();
        var (free, all) = (_pages.Int64(0), _pages.Int64(1));
        _pages.Reset();
        if (free * MinimumShareOfFreePages < all)
            return;

        // One row per page.
        while (_giveBack.Step())
        {
        }
    }
}
