using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>
/// The single readings of a sensor in order of timestamps, a few thousand at a time. Each portion has its own transaction, so a slow consumer
/// neither blocks others nor makes the database log grow. Thread-safe.
/// </summary>
internal sealed class ReadingStream(IDbContextFactory<VibeDashContext> contexts)
{
    /// <summary>Readings between two times, both inclusive. A portion is valid until the next one; it may be empty.</summary>
    public IEnumerable<ReadingColumns> Read(int sensorKey, DateTimeOffset from, DateTimeOffset to)
    {
        using var context = contexts.CreateDbContext();
        context.Database.OpenConnection();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        using var stored = new StoredReadings(connection);
        var portion = new ReadingColumns();
        for (var (start, end) = (UnixMicroseconds.From(from), UnixMicroseconds.From(to)); start <= end;)
        {
            using (connection.BeginTransaction(deferred: true))
                start = stored.Slice(sensorKey, start, end, portion) + 1;
            yield return portion;
        }
    }

    /// <summary>Approximate number of readings: segments at the ends of the range count in full.</summary>
    public long Count(int sensorKey, DateTimeOffset from, DateTimeOffset to)
    {
        using var context = contexts.CreateDbContext();
        // One statement: between two, readings could move from the table into a segment.
        return context.Sensors.Where(sensor => sensor.Key == sensorKey).Select(sensor =>
            context.Segments.Where(segment => segment.SensorKey == sensorKey && segment.Start <= to && segment.End >= from && segment.Readings != null).Sum(segment => (long)segment.Count)
            + context.Readings.LongCount(reading => reading.SensorKey == sensorKey && reading.Timestamp >= from && reading.Timestamp <= to)).Single();
    }
}
