using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Sensors;
using VibeDash.Server.Data;

namespace VibeDash.Server.Export;

/// <summary>
/// The readings of a sensor in order, a batch at a time, each read for itself: no reader keeps the log of the database from being taken in, however
/// slow whoever reads the rows is. Thread-safe.
/// </summary>
internal sealed class ReadingBatches(IDbContextFactory<VibeDashContext> contexts)
{
    private const int BatchSize = 10_000;

    /// <summary>The readings from one time to another, both inclusive.</summary>
    public IEnumerable<IReadOnlyList<Reading>> Between(string sensorId, DateTimeOffset from, DateTimeOffset to)
    {
        int key;
        using (var context = contexts.CreateDbContext())
            key = context.Sensors.Where(sensor => sensor.SensorId == sensorId).Select(sensor => sensor.Key).FirstOrDefault();

        var (since, after) = (from, "");
        while (true)
        {
            using var context = contexts.CreateDbContext();
            Reading[] batch = [.. context.Readings.AsNoTracking()
                .Where(reading => reading.SensorKey == key && reading.Timestamp >= since && reading.Timestamp <= to
                    && (reading.Timestamp > since || string.Compare(reading.EventId, after) > 0))
                .OrderBy(reading => reading.Timestamp).ThenBy(reading => reading.EventId)
                .Take(BatchSize)
                .AsEnumerable().Select(row => row.ToReading(sensorId))];
            if (batch.Length == 0)
                yield break;
            (since, after) = (batch[^1].Timestamp, batch[^1].EventId);
            yield return batch;
        }
    }
}
