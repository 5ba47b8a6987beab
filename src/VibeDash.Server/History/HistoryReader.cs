using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using VibeDash.Core.Live;
using VibeDash.Core.Trends;
using VibeDash.Server.Data;
using VibeDash.Server.Ingestion;
using VibeDash.Server.Live;

namespace VibeDash.Server.History;

/// <summary>Answers ranges of sensors' readings. Thread-safe; readers do not wait for the writer, nor it for them.</summary>
internal sealed class HistoryReader(IDbContextFactory<VibeDashContext> contexts, LiveState live, CommitGate gate)
{
    /// <summary>Most buckets in one answer.</summary>
    public const int MaximumPoints = 2000;

    private const int MaximumAlerts = 100;

    // So long before a sensor's newest reading there is nothing that a live reading could be joined on; and what is asked for again is the same answer.
    private static readonly TimeSpan Past = TimeSpan.FromHours(1);

    /// <summary>The readings of several sensors in one range, in the order asked for; those that are not known are left out.</summary>
    /// <param name="sensorIds">The sensors.</param>
    /// <param name="from">Start; before <paramref name="to"/>.</param>
    /// <param name="to">End.</param>
    /// <param name="points">Most buckets of each, 2 to <see cref="MaximumPoints"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<TrendHistory[]> ReadAsync(
        IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset to, int points, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)context.Database.GetDbConnection();

        // Deferred: the snapshot is taken by the first read, and that is done with no commit under way.
        await using var snapshot = connection.BeginTransaction(deferred: true);
        await context.Database.UseTransactionAsync(snapshot, cancellationToken);
        (string SensorId, int Key, long Sequence)[] sensors = [];
        gate.Run(() => sensors = Find(connection, sensorIds, to));

        var width = BucketWidth.For(to - from, points);
        using var buckets = new BucketReader(connection);
        var histories = new List<TrendHistory>(sensors.Length);
        foreach (var (sensorId, key, sequence) in sensors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (found, foundWidth) = buckets.Read(key, UnixMicroseconds.From(from), UnixMicroseconds.From(to), width);
            var alerts = await context.Alerts.AsNoTracking()
                .Where(alert => alert.SensorId == sensorId && alert.Since <= to && (alert.ClearedAt == null || alert.ClearedAt >= from))
                .OrderByDescending(alert => alert.Id)
                .Take(MaximumAlerts)
                .ToArrayAsync(cancellationToken);
            histories.Add(new(sensorId, from, to, foundWidth, sequence, found, [.. alerts.Reverse().Select(alert => alert.ToAlert())])
            {
                Notes = await NoteReader.NotesAsync(context, sensorId, from, to, cancellationToken),
            });
        }

        return [.. histories];
    }

    private (string SensorId, int Key, long Sequence)[] Find(SqliteConnection connection, IReadOnlyCollection<string> sensorIds, DateTimeOffset to)
    {
        using var find = new Statement(connection, "SELECT Key FROM Sensors WHERE SensorId = ?1");
        var found = new List<(string SensorId, int Key, long Sequence)>(sensorIds.Count);
        foreach (var sensorId in sensorIds)
        {
            if (!Core.Sensors.SensorId.IsValid(sensorId) || !find.Bind(1, sensorId, Core.Sensors.SensorId.MaximumLength).Step())
                continue;
            found.Add((sensorId, (int)find.Int64(0), live.Find(sensorId) is { } sensor && sensor.Timestamp - to <= Past ? sensor.Sequence : 0));
            find.Reset();
        }

        return [.. found];
    }
}
