using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage;

/// <summary>The rows of a sensor and those that refer to it by its id.</summary>
internal static class SensorReferences
{
    /// <summary>Number of rows of a sensor; null when it does not exist.</summary>
    public static SensorExtent? Extent(this VibeDashContext context, string sensorId)
    {
        if (context.Sensors.AsNoTracking().FirstOrDefault(row => row.SensorId == sensorId) is not { Key: var key })
            return null;

        // Rollups by the day have all that is in segments, and the table has the rest.
        var readings = context.Rollups.Where(row => row.SensorKey == key && row.Tier == RollupTier.Day).Sum(row => row.Count)
            + context.Readings.Count(row => row.SensorKey == key);
        var alerts = context.Alerts.Where(row => row.SensorId == sensorId);
        return new(
            sensorId,
            readings,
            alerts.Count(),
            alerts.Count(row => row.State != Core.Alerts.AlertState.Normal),
            context.Notes.Count(row => row.SensorId == sensorId),
            [.. context.SensorAliases.Where(row => row.SensorKey == key).Select(row => row.Alias).OrderBy(alias => alias)]);
    }

    /// <summary>Makes all rows that refer to one sensor id refer to another.</summary>
    public static void MoveReferences(this VibeDashContext context, string from, string to)
    {
        context.SetApart(from);
        context.SetApart(to);
        context.Alerts.Where(row => row.SensorId == from).ExecuteUpdate(row => row.SetProperty(alert => alert.SensorId, to));
        context.Notes.Where(row => row.SensorId == from).ExecuteUpdate(row => row.SetProperty(note => note.SensorId, to));
        context.NoteChanges.Where(row => row.SensorId == from).ExecuteUpdate(row => row.SetProperty(change => change.SensorId, to));
        context.OutOfService.Where(row => row.SensorId == from).ExecuteUpdate(row => row.SetProperty(entry => entry.SensorId, to));
        context.Database.ExecuteSql($"UPDATE OR REPLACE MachineStates SET Name = {to} WHERE Name = {from} AND IsSensor");
    }

    // The alerts that are left of a deleted sensor with that id are not those of the sensor that has it, or gets it. No sensor id has brackets.
    private static void SetApart(this VibeDashContext context, string sensorId)
    {
        var apart = $"{sensorId}{RemovedSensorRow.Mark}";
        context.Database.ExecuteSql(
            $"UPDATE Alerts SET SensorId = {apart} WHERE SensorId = {sensorId} AND Id <= (SELECT max(LastAlertId) FROM RemovedSensors WHERE SensorId = {sensorId})");
        context.Database.ExecuteSql($"UPDATE RemovedSensors SET SensorId = {apart} WHERE SensorId = {sensorId}");
    }

    /// <summary>Keeps a former id of a sensor.</summary>
    public static void AddAlias(this VibeDashContext context, string alias, int key) =>
        context.Database.ExecuteSql($"INSERT OR REPLACE INTO SensorAliases (Alias, SensorKey) VALUES ({alias}, {key})");

    /// <summary>
    /// Deletes a sensor and the few rows that refer to it; its readings and alerts are left to <see cref="Segments.RemovedSensorPruner"/>, which takes them in
    /// steps.
    /// </summary>
    /// <param name="context">The database.</param>
    /// <param name="sensor">The sensor.</param>
    /// <param name="lastAlertId">Its alerts have this id or a lower one.</param>
    public static void DeleteSensor(this VibeDashContext context, StoredSensor sensor, long lastAlertId)
    {
        var (key, sensorId) = (sensor.Key, sensor.SensorId);
        context.Notes.Where(row => row.SensorId == sensorId).ExecuteDelete();

        // New entries are numbered after the last one.
        var lastChange = context.NoteChanges.Max(row => (long?)row.Position);
        context.NoteChanges.Where(row => row.SensorId == sensorId && row.Position < lastChange).ExecuteDelete();
        context.OutOfService.Where(row => row.SensorId == sensorId).ExecuteDelete();
        context.MachineStates.Where(row => row.Name == sensorId && row.IsSensor).ExecuteDelete();
        context.SensorAliases.Where(row => row.SensorKey == key).ExecuteDelete();
        context.Sensors.Where(row => row.Key == key).ExecuteDelete();
        context.Database.ExecuteSql($"INSERT INTO RemovedSensors (Key, SensorId, LastAlertId) VALUES ({key}, {sensorId}, {lastAlertId})");
    }
}
