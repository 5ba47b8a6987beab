using System.Text;
using Microsoft.Data.Sqlite;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Finds the changes of unit in a database of before they were recorded, and makes the rollups there right, as far as single readings are kept. Runs once,
/// after the migration. A sensor whose first and last kept readings have one unit is taken to have had it always.
/// </summary>
internal sealed class PastUnits(SqliteConnection connection) : IDisposable
{
    private const int Marker = 0;

    private readonly Statement _isLeft = new(connection, "SELECT 1 FROM SensorUnits WHERE SensorKey = ?1");
    private readonly Statement _done = new(connection, "DELETE FROM SensorUnits WHERE SensorKey = ?1");
    private readonly Statement _sensors = new(connection, "SELECT Key FROM Sensors ORDER BY Key");
    private readonly Statement _first = new(connection, "SELECT Readings FROM Segments WHERE SensorKey = ?1 AND Readings IS NOT NULL ORDER BY Start, Id LIMIT 1");
    private readonly Statement _oldest = new(connection, "SELECT Unit FROM Readings WHERE SensorKey = ?1 ORDER BY Timestamp LIMIT 1");
    private readonly Statement _newest = new(connection, "SELECT Unit FROM Readings WHERE SensorKey = ?1 ORDER BY Timestamp DESC LIMIT 1");
    private readonly StoredReadings _stored = new(connection);
    private readonly SegmentWriter _segments = new(connection);
    private readonly UnitStretches _units = new(connection);
    private readonly ReadingColumns _portion = new();

    /// <summary>Finds the changes, unless that is done.</summary>
    public void Find()
    {
        if (!_isLeft.Bind(1, Marker).Step())
            return;
        _isLeft.Reset();
        using var transaction = connection.BeginTransaction();
        var sensors = new List<int>();
        while (_sensors.Step())
            sensors.Add((int)_sensors.Int64(0));
        foreach (var sensorKey in sensors)
            Find(sensorKey);
        _done.Bind(1, Marker).Run();
        transaction.Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in (IDisposable[])[_isLeft, _done, _sensors, _first, _oldest, _newest, _stored, _segments, _units])
            part.Dispose();
    }

    private void Find(int sensorKey)
    {
        if (UnitOf(_oldest, sensorKey) is not { } oldest || ((FirstUnit(sensorKey) ?? oldest) == oldest && UnitOf(_newest, sensorKey) == oldest))
            return;

        StoredSensor? sensor = null;
        for (var (start, to) = (0L, long.MaxValue - 1); start <= to;)
        {
            start = _stored.Slice(sensorKey, start, to, _portion) + 1;
            for (var i = 0; i < _portion.Count; i++)
            {
                sensor ??= new(sensorKey, "", _portion.Units[i]);
                if (_portion.Units[i] != sensor.Unit)
                    _units.Change(sensor, _portion.Timestamps[i], _portion.Units[i]);
            }
        }

        _segments.Renew(sensorKey);
    }

    private string? FirstUnit(int sensorKey)
    {
        if (!_first.Bind(1, sensorKey).Step())
            return null;
        ReadingBlock.Read(_first.Bytes(0), _portion);
        _first.Reset();
        return _portion.Units[0];
    }

    private static string? UnitOf(Statement statement, int sensorKey)
    {
        if (!statement.Bind(1, sensorKey).Step())
            return null;
        var unit = Encoding.UTF8.GetString(statement.Bytes(0));
        statement.Reset();
        return unit;
    }
}
