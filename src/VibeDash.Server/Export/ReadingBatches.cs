using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Sensors;
using VibeDash.Server.Data;
using VibeDash.Server.Data.Segments;

namespace VibeDash.Server.Export;

/// <summary>
/// The readings of a sensor in order, a batch at a time, each read in a transaction of its own: no export keeps the log of the database from being
/// taken in, however slow whoever reads the rows is. A reading that comes late, behind what is read already, is not among them. Thread-safe.
/// </summary>
internal sealed class ReadingBatches(IDbContextFactory<VibeDashContext> contexts)
{
    /// <summary>The readings from one time to another, both inclusive; none when the sensor is not known.</summary>
    public IEnumerable<IReadOnlyList<Reading>> Between(string sensorId, DateTimeOffset from, DateTimeOffset to)
    {
        using var context = contexts.CreateDbContext();
        context.Database.OpenConnection();
        if (context.Sensors.Where(sensor => sensor.SensorId == sensorId).Select(sensor => (int?)sensor.Key).FirstOrDefault() is not { } key)
            yield break;

        var connection = (SqliteConnection)context.Database.GetDbConnection();
        using var stored = new StoredReadings(connection);
        var columns = new ReadingColumns();
        var batch = new List<Reading>(ReadingBlock.Capacity);
        var (start, end) = (UnixMicroseconds.From(from), UnixMicroseconds.From(to));
        while (start <= end)
        {
            using (connection.BeginTransaction(deferred: true))
                start = stored.Slice(key, start, end, columns) + 1;
            batch.Clear();
            for (var i = 0; i < columns.Count; i++)
                batch.Add(columns.Reading(i, sensorId));
            yield return batch;
        }
    }
}
