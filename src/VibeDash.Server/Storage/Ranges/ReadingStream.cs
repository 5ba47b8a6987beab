using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>
/// The single readings of a sensor in order of their timestamps, some thousand at a time: each portion in a transaction of its own, so that whoever takes
/// them slowly holds nothing up, and the log of the database does not grow with his patience. Thread-safe.
/// </summary>
internal sealed class ReadingStream(IDbContextFactory<VibeDashContext> contexts)
{
    /// <summary>Readings from one time to another, both inclusive. A portion is good until the next; it may be empty.</summary>
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

    /// <summary>About how many readings that are: those at the ends of the range are counted with the segment they are in.</summary>
    public long Count(int sensorKey, DateTimeOffset from, DateTimeOffset to)
    {
        using var context = contexts.CreateDbContext();
        // In one statement: between two, readings go from the table into a segment.
        return context.Sensors.Where(sensor => sensor.Key == sensorKey).Select(sensor =>
            context.Segments.Where(segment => segment.SensorKey == sensorKey && segment.Start <= to && segment.End >= from && segment.Readings != null).Sum(segment => (long)segment.Count)
            + context.Readings.LongCount(reading => reading.SensorKey == sensorKey && reading.Timestamp >= from && reading.Timestamp <= to)).Single();
    }
}
