using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>
/// A connection to the database with all that ranges are answered from prepared: opening and preparing takes longer than most ranges do. Not
/// thread-safe.
/// </summary>
internal sealed class HistoryConnection : IDisposable
{
    private const int MaximumAlerts = 100;
    private const int MaximumNotes = 100;

    // Worked out once, not for each question: that would take longer than the question.
    private static readonly Func<VibeDashContext, string, DateTimeOffset, DateTimeOffset, IEnumerable<AlertRow>> NewestAlerts = EF.CompileQuery(
        (VibeDashContext context, string sensorId, DateTimeOffset from, DateTimeOffset to) => context.Alerts.AsNoTracking()
            .Where(alert => alert.SensorId == sensorId && alert.Since <= to && (alert.ClearedAt == null || alert.ClearedAt >= from))
            .OrderByDescending(alert => alert.Id)
            .Take(MaximumAlerts));

    private static readonly Func<VibeDashContext, string, DateTimeOffset, DateTimeOffset, IEnumerable<NoteRow>> NewestNotes = EF.CompileQuery(
        (VibeDashContext context, string sensorId, DateTimeOffset from, DateTimeOffset to) => context.Notes.AsNoTracking()
            .Where(note => note.SensorId == sensorId && (note.From >= from || note.To >= from) && note.From <= to)
            .OrderByDescending(note => note.From).ThenByDescending(note => note.Id)
            .Take(MaximumNotes));

    private readonly VibeDashContext _context;
    private readonly SqliteConnection _connection;
    private readonly Statement _find;
    private readonly BucketReader _buckets;

    public HistoryConnection(IDbContextFactory<VibeDashContext> contexts)
    {
        _context = contexts.CreateDbContext();
        _context.Database.OpenConnection();
        _connection = (SqliteConnection)_context.Database.GetDbConnection();
        _find = new(_connection, "SELECT Key FROM Sensors WHERE SensorId = ?1");
        _buckets = new(_connection);
    }

    /// <summary>Begins to see one state of the database: that of the first question, until what is given back is disposed.</summary>
    public Snapshot Begin() => new(this);

    /// <summary>A sensor's key, or null when there is no such sensor.</summary>
    public int? Find(string sensorId)
    {
        if (!SensorId.IsValid(sensorId) || !_find.Bind(1, sensorId, SensorId.MaximumLength).Step())
            return null;
        var key = (int)_find.Int64(0);
        _find.Reset();
        return key;
    }

    /// <inheritdoc cref="BucketReader.Read"/>
    public (TrendBucket[] Buckets, long Width) Buckets(int sensorKey, long from, long to, long width) => _buckets.Read(sensorKey, from, to, width);

    /// <summary>The newest <see cref="MaximumAlerts"/> of a sensor that are in a range or reach into it, both ends inclusive, oldest first.</summary>
    public Alert[] Alerts(string sensorId, DateTimeOffset from, DateTimeOffset to) =>
        [.. NewestAlerts(_context, sensorId, from, to).Select(row => row.ToAlert()).Reverse()];

    /// <summary>The newest <see cref="MaximumNotes"/> notes; see <see cref="Alerts"/>.</summary>
    public Note[] Notes(string sensorId, DateTimeOffset from, DateTimeOffset to) =>
        [.. NewestNotes(_context, sensorId, from, to).Select(row => row.ToNote()).Reverse()];

    /// <inheritdoc/>
    public void Dispose()
    {
        _buckets.Dispose();
        _find.Dispose();
        _context.Dispose();
    }

    /// <summary>One state of the database.</summary>
    internal sealed class Snapshot : IDisposable
    {
        private readonly SqliteTransaction _transaction;
        private readonly IDbContextTransaction? _shared;

        public Snapshot(HistoryConnection connection)
        {
            // Deferred: the state is that of the first read, which is done with no commit under way.
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
