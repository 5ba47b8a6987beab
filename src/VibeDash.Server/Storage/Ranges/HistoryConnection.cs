using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>
/// A connection with all statements for range queries prepared: opening and preparing takes longer than most queries. Not thread-safe.
/// </summary>
internal sealed class HistoryConnection : IDisposable
{
    private const int MaximumAlerts = 100;
    private const int MaximumNotes = 100;

    // Compiled once: compilation takes longer than the query.
    private static readonly Func<VibeDashContext, string, DateTimeOffset, DateTimeOffset, IEnumerable<AlertRow>> NewestAlerts = EF.CompileQuery(
        (VibeDashContext context, string sensorId, DateTimeOffset from, DateTimeOffset to) => context.Alerts.AsNoTracking()
            .Where(alert => alert.SensorId == sensorId && alert.FirstSince <= to && (alert.ClearedAt == null || alert.ClearedAt >= from))
            .OrderByDescending(alert => alert.Id)
            .Take(MaximumAlerts));

    private static readonly Func<VibeDashContext, string, DateTimeOffset, DateTimeOffset, IEnumerable<Note>> NewestNotes = EF.CompileQuery(
        (VibeDashContext context, string sensorId, DateTimeOffset from, DateTimeOffset to) => context.Notes.AsNoTracking()
            .Where(note => note.SensorId == sensorId && (note.From >= from || note.To >= from) && note.From <= to)
            .OrderByDescending(note => note.From).ThenByDescending(note => note.Id)
            .Take(MaximumNotes));

    private readonly VibeDashContext _context;
    private readonly SqliteConnection _connection;
    private readonly Statement _find;
    private readonly Statement _newest;
    private readonly BucketReader _buckets;
    private readonly BadMinuteReader _badMinutes;
    private readonly LimitsReader _limits;

    public HistoryConnection(IDbContextFactory<VibeDashContext> contexts)
    {
        _context = contexts.CreateDbContext();
        _context.Database.OpenConnection();
        _connection = (SqliteConnection)_context.Database.GetDbConnection();
        _find = new(_connection, "SELECT Key FROM Sensors WHERE SensorId = ?1");
        _newest = new(_connection, "SELECT Timestamp FROM Readings WHERE SensorKey = ?1 AND Timestamp > ?2 AND Timestamp <= ?3 ORDER BY Timestamp DESC LIMIT 1");
        _buckets = new(_connection);
        _badMinutes = new(_connection);
        _limits = new(_connection);
    }

    /// <summary>Starts a snapshot: all queries see the state of the first one until the result is disposed.</summary>
    public Snapshot Begin() => new(this);

    /// <summary>Key of a sensor, or null for an unknown sensor.</summary>
    public int? Find(string sensorId)
    {
        if (!SensorId.IsValid(sensorId) || !_find.Bind(1, sensorId, SensorId.MaximumLength).Step())
            return null;
        var key = (int)_find.Int64(0);
        _find.Reset();
        return key;
    }

    /// <summary>Event time of the newest reading of a sensor in a range that its newest readings reach into; null when none is in it.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="after">Start, exclusive; in microseconds since the Unix epoch.</param>
    /// <param name="to">End, inclusive.</param>
    public long? Newest(int sensorKey, long after, long to)
    {
        // The newest readings of a sensor are never in segments.
        if (!_newest.Bind(1, sensorKey).Bind(2, after).Bind(3, to).Step())
            return null;
        var newest = _newest.Int64(0);
        _newest.Reset();
        return newest;
    }

    /// <inheritdoc cref="BucketReader.Read"/>
    public BucketRange Buckets(int sensorKey, long from, long to, long width, string? unit) => _buckets.Read(sensorKey, from, to, width, unit);

    /// <inheritdoc cref="BadMinuteReader.Read"/>
    public QualitySpan[] BadMinutes(int sensorKey, long from, long to, long width) => _badMinutes.Read(sensorKey, from, to, width);

    /// <inheritdoc cref="LimitsReader.Read"/>
    public TrendLimits[] Limits(int sensorKey, DateTimeOffset from, DateTimeOffset to, string unit, LimitsInForce present) => _limits.Read(sensorKey, from, to, unit, present);

    /// <summary>The newest <see cref="MaximumAlerts"/> alerts of a sensor that overlap a range, both ends inclusive; oldest first.</summary>
    public Alert[] Alerts(string sensorId, DateTimeOffset from, DateTimeOffset to) =>
        [.. NewestAlerts(_context, sensorId, from, to).Select(row => row.ToAlert()).Reverse()];

    /// <summary>The times in which the conditions of <see cref="Alerts"/> held in a range: <see cref="TrendHistory.Spans"/>.</summary>
    /// <param name="alerts">The alerts of the range.</param>
    /// <param name="from">Start, inclusive.</param>
    /// <param name="to">End, inclusive.</param>
    public AlertSpan[] Spans(Alert[] alerts, DateTimeOffset from, DateTimeOffset to)
    {
        var spans = new List<AlertSpan>();
        for (var i = alerts.Length - 1; i >= 0 && spans.Count < TrendHistory.MaximumSpans; i--)
            spans.AddRange(AlertSpans.Of(_context, alerts[i], from, to, TrendHistory.MaximumSpans));
        return [.. spans.OrderBy(span => span.From).TakeLast(TrendHistory.MaximumSpans)];
    }

    /// <summary>The newest <see cref="MaximumNotes"/> notes; see <see cref="Alerts"/>.</summary>
    public Note[] Notes(string sensorId, DateTimeOffset from, DateTimeOffset to) =>
        [.. NewestNotes(_context, sensorId, from, to).Reverse()];

    /// <inheritdoc/>
    public void Dispose()
    {
        _buckets.Dispose();
        _badMinutes.Dispose();
        _limits.Dispose();
        _newest.Dispose();
        _find.Dispose();
        _context.Dispose();
    }

    /// <summary>A read transaction on one state of the database.</summary>
    internal sealed class Snapshot : IDisposable
    {
        private readonly SqliteTransaction _transaction;
        private readonly IDbContextTransaction? _shared;

        public Snapshot(HistoryConnection connection)
        {
            // Deferred: the snapshot is taken by the first read, which runs while no commit is in progress.
            _transaction = connection._connection.BeginTransaction(deferred: true);
            _shared = connection._context.Database.UseTransaction(_transaction);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _shared?.Dispose();
            _transaction.Dispose();
        }
    }
}
