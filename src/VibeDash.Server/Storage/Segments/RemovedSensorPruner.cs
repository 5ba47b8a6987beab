using System.Text;
using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Deletes the rows of deleted sensors in steps too small to delay a commit, inside the event loop's transaction. What is left after a stop is deleted
/// after the next start. Not thread-safe.
/// </summary>
internal sealed class RemovedSensorPruner : IDisposable
{
    /// <summary>Maximum segments per step; about 65,000 readings.</summary>
    public const int Segments = SegmentPruner.Step;

    /// <summary>Maximum rows of another table per step.</summary>
    public const int Rows = 2048;

    private readonly Statement _next;
    private readonly Statement[] _ofKey;
    private readonly Statement[] _ofId;
    private readonly Statement _done;

    public RemovedSensorPruner(SqliteConnection connection)
    {
        // In any order: one whose last alert is the last of all waits for a newer one, and must not hold up the others.
        _next = new(connection, "SELECT Key, SensorId, LastAlertId FROM RemovedSensors ORDER BY random() LIMIT 1");

        _ofKey =
        [
            new(connection, $"DELETE FROM Segments WHERE Id IN (SELECT Id FROM Segments WHERE SensorKey = ?1 LIMIT {Segments})"),
            new(
                connection,
                $"""
                DELETE FROM Readings WHERE SensorKey = ?1 AND Timestamp <=
                    (SELECT max(Timestamp) FROM (SELECT Timestamp FROM Readings WHERE SensorKey = ?1 ORDER BY Timestamp LIMIT {Rows}))
                """),
            new(
                connection,
                $"""
                DELETE FROM Rollups WHERE SensorKey = ?1 AND (Tier, Bucket) IN
                    (SELECT Tier, Bucket FROM Rollups WHERE SensorKey = ?1 LIMIT {Rows})
                """),
            new(connection, $"DELETE FROM BadHours WHERE SensorKey = ?1 AND Hour IN (SELECT Hour FROM BadHours WHERE SensorKey = ?1 LIMIT {Rows})"),
            new(connection, "DELETE FROM SensorUnits WHERE SensorKey = ?1"),
            new(connection, "DELETE FROM SensorLimits WHERE SensorKey = ?1"),
        ];

        // Alerts and their journal are numbered after the last one, which stays.
        _ofId =
        [
            new(
                connection,
                $"""
                DELETE FROM AlertTransitions WHERE Position IN
                    (SELECT Position FROM AlertTransitions JOIN Alerts ON Alerts.Id = AlertId
                     WHERE SensorId = ?1 AND Alerts.Id <= ?2 AND Position < (SELECT max(Position) FROM AlertTransitions) LIMIT {Rows})
                """),
            new(
                connection,
                $"""
                DELETE FROM Alerts WHERE Id IN
                    (SELECT Id FROM Alerts WHERE SensorId = ?1 AND Id <= ?2 AND Id < (SELECT max(Id) FROM Alerts)
                     AND NOT EXISTS (SELECT 1 FROM AlertTransitions WHERE AlertId = Alerts.Id) LIMIT {Rows})
                """),
        ];
        _done = new(
            connection,
            """
            DELETE FROM RemovedSensors WHERE Key = ?1
                AND NOT EXISTS (SELECT 1 FROM Alerts WHERE Alerts.SensorId = RemovedSensors.SensorId AND Alerts.Id <= RemovedSensors.LastAlertId)
            """);
    }

    /// <summary>Executes a step, if there is work.</summary>
    public void Prune()
    {
        if (!_next.Step())
            return;
        var (key, sensorId, lastAlertId) = (_next.Int64(0), Encoding.UTF8.GetString(_next.Bytes(1)), _next.Int64(2));
        _next.Reset();
        if (Array.Exists(_ofKey, step => step.Bind(1, key).Run() > 0)
            || Array.Exists(_ofId, step => step.Bind(1, sensorId, SensorId.MaximumLength + RemovedSensorRow.Mark.Length).Bind(2, lastAlertId).Run() > 0))
            return;
        _done.Bind(1, key).Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (Statement[])[_next, .. _ofKey, .. _ofId, _done])
            statement.Dispose();
    }
}
