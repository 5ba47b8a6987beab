using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>Puts on record which baseline and thresholds were in force for a sensor. Use it inside the transaction of a session. Not thread-safe.</summary>
internal sealed class LimitsWriter : IDisposable
{
    /// <summary>Maximum number of changes on record for a sensor; what was in force before the oldest of them is not known.</summary>
    public const int Maximum = 200;

    // As many thresholds as a rule has severities, for each kind of rule.
    private const int MaximumJson = 4096;

    private readonly Statement _insert;
    private readonly Statement _count;
    private readonly Statement _drop;
    private readonly Statement _forget;
    private readonly Statement _dropFrom;
    private readonly Statement _dropTo;
    private readonly Statement _move;

    public LimitsWriter(SqliteConnection connection)
    {
        // Between two changes without a reading nothing was in force. After the clock of a sensor went back, the later record stays.
        _insert = new(
            connection,
            """
            INSERT INTO SensorLimits (SensorKey, Until, Unit, Baseline, Thresholds) SELECT ?1, ?2, ?3, ?4, ?5
            WHERE NOT EXISTS (SELECT 1 FROM SensorLimits WHERE SensorKey = ?1 AND Until >= ?2)
            """);
        _count = new(connection, "SELECT count(*) FROM SensorLimits WHERE SensorKey = ?1");
        _drop = new(connection, "DELETE FROM SensorLimits WHERE SensorKey = ?1 AND Until = (SELECT min(Until) FROM SensorLimits WHERE SensorKey = ?1)");
        _forget = new(
            connection,
            "UPDATE SensorLimits SET Baseline = 0, Thresholds = '[]' WHERE SensorKey = ?1 AND Until = (SELECT min(Until) FROM SensorLimits WHERE SensorKey = ?1)");
        _dropFrom = new(connection, "DELETE FROM SensorLimits WHERE SensorKey = ?1 AND Until >= ?2");
        _dropTo = new(connection, "DELETE FROM SensorLimits WHERE SensorKey = ?1 AND Until <= ?2");
        _move = new(connection, "UPDATE SensorLimits SET SensorKey = ?2 WHERE SensorKey = ?1");
    }

    /// <summary>Records what was in force for a sensor until a time.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="until">Event time of the first reading that others are in force for.</param>
    /// <param name="limits">What was in force.</param>
    public void Record(int sensorKey, DateTimeOffset until, LimitsInForce limits)
    {
        var json = limits.ThresholdsAsJson();
        var recorded = _insert.Bind(1, sensorKey).Bind(2, UnixMicroseconds.From(until)).Bind(3, limits.Unit, VibrationEventParser.MaximumIdLength).Bind(4, limits.Baseline)
            .Bind(5, json.Length <= MaximumJson ? json : "[]", MaximumJson).Run();
        _count.Bind(1, sensorKey).Step();
        var count = _count.Int64(0);
        _count.Reset();
        if (recorded == 0 || count <= Maximum)
            return;
        _drop.Bind(1, sensorKey).Run();
        _forget.Bind(1, sensorKey).Run();
    }

    /// <summary>Joins the records of two sensors whose readings become those of one.</summary>
    /// <param name="gone">The sensor that is no more.</param>
    /// <param name="stays">The other one.</param>
    /// <param name="since">Event time from which the limits of the other one were in force, those of the first before it; null for always.</param>
    /// <param name="limits">What is in force for the sensor that is no more.</param>
    /// <param name="key">Key of the joined sensor: that of either.</param>
    public void Join(int gone, int stays, DateTimeOffset? since, LimitsInForce limits, int key)
    {
        var at = since is { } time ? UnixMicroseconds.From(time) : long.MinValue;
        _dropFrom.Bind(1, gone).Bind(2, at).Run();
        _dropTo.Bind(1, stays).Bind(2, at).Run();
        if (since is { } begin)
            Record(gone, begin, limits);
        _move.Bind(1, key == gone ? stays : gone).Bind(2, key).Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (Statement[])[_insert, _count, _drop, _forget, _dropFrom, _dropTo, _move])
            statement.Dispose();
    }
}
