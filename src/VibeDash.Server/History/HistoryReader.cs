using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Core.Trends;
using VibeDash.Server.Data;
using VibeDash.Server.Ingestion;
using VibeDash.Server.Live;

namespace VibeDash.Server.History;

/// <summary>Answers ranges of a sensor's readings. Thread-safe; readers do not wait for the writer, nor it for them.</summary>
internal sealed class HistoryReader(IDbContextFactory<VibeDashContext> contexts, LiveState live, CommitGate gate)
{
    /// <summary>Most buckets in one answer.</summary>
    public const int MaximumPoints = 2000;

    private const int MaximumAlerts = 100;

    /// <summary>The readings of a sensor from <paramref name="from"/> to <paramref name="to"/>, both inclusive; null when the sensor is not known.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="from">Start; before <paramref name="to"/>.</param>
    /// <param name="to">End.</param>
    /// <param name="points">Most buckets, 2 to <see cref="MaximumPoints"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<TrendHistory?> ReadAsync(string sensorId, DateTimeOffset from, DateTimeOffset to, int points, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)context.Database.GetDbConnection();

        // Deferred: the snapshot is taken by the first read, and that is done with no commit under way.
        await using var snapshot = connection.BeginTransaction(deferred: true);
        await context.Database.UseTransactionAsync(snapshot, cancellationToken);
        int? key = null;
        long sequence = 0;
        gate.Run(() =>
        {
            key = context.Sensors.Where(sensor => sensor.SensorId == sensorId).Select(sensor => (int?)sensor.Key).FirstOrDefault();
            sequence = live.Find(sensorId)?.Sequence ?? 0;
        });
        if (key is null)
            return null;

        var width = BucketWidth.For(to - from, points);
        var buckets = await BucketsAsync(connection, snapshot, key.Value, from, to, width, cancellationToken);
        var alerts = await context.Alerts.AsNoTracking()
            .Where(alert => alert.SensorId == sensorId && alert.Since <= to && (alert.ClearedAt == null || alert.ClearedAt >= from))
            .OrderByDescending(alert => alert.Id)
            .Take(MaximumAlerts)
            .ToArrayAsync(cancellationToken);
        return new(sensorId, from, to, width, sequence, buckets, [.. alerts.Reverse().Select(alert => alert.ToAlert())])
        {
            Notes = await NoteReader.NotesAsync(context, sensorId, from, to, cancellationToken),
        };
    }

    /// <summary>The readings of several sensors in one range, in the order asked for; those that are not known are left out.</summary>
    public async Task<TrendHistory[]> ReadAsync(
        IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset to, int points, CancellationToken cancellationToken)
    {
        var histories = new List<TrendHistory>(sensorIds.Count);
        foreach (var sensorId in sensorIds)
        {
            if (await ReadAsync(sensorId, from, to, points, cancellationToken) is { } history)
                histories.Add(history);
        }

        return [.. histories];
    }

    private static async Task<TrendBucket[]> BucketsAsync(
        SqliteConnection connection, SqliteTransaction snapshot, int sensorKey, DateTimeOffset from, DateTimeOffset to, long width, CancellationToken cancellationToken)
    {
        await using var query = connection.CreateCommand();
        query.Transaction = snapshot;
        query.CommandText =
            """
            SELECT Timestamp / $width, COUNT(*), MIN(Level), MAX(Level), AVG(Level)
            FROM Readings WHERE SensorKey = $sensorKey AND Timestamp BETWEEN $from AND $to
            GROUP BY 1 ORDER BY 1
            """;
        query.Parameters.AddWithValue("$width", width * 1000);
        query.Parameters.AddWithValue("$sensorKey", sensorKey);
        query.Parameters.AddWithValue("$from", UnixMicroseconds.From(from));
        query.Parameters.AddWithValue("$to", UnixMicroseconds.From(to));

        var buckets = new List<TrendBucket>();
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            buckets.Add(new(rows.GetInt64(0) * width, rows.GetInt64(1), rows.GetDouble(2), rows.GetDouble(3), rows.GetDouble(4)));
        return [.. buckets];
    }
}
