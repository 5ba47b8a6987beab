using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Data;

/// <summary>
/// The event loop's hand on the database: one connection, one transaction at a time. Readings go in by a prepared statement, the rarer
/// rows by EF Core's change tracker. Not thread-safe. After an exception it is disposed and a new one made.
/// </summary>
internal sealed class EventWriter : IDisposable
{
    private readonly VibeDashContext _context;
    private readonly ReadingInsert _insertReading;
    private readonly SqliteCommand _findReading;
    private readonly WriteTransaction _transaction;
    private bool _gathered;

    public EventWriter(IDbContextFactory<VibeDashContext> contexts)
    {
        _context = contexts.CreateDbContext();
        _context.Database.OpenConnection();
        _context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        DeadLetters = new(_context);
        var connection = (SqliteConnection)_context.Database.GetDbConnection();

        // The library's own default for write-ahead logs would leave the last commits to a power cut. Each sensor's readings grow at a place of
        // their own: the cache holds those pages for some thousand sensors, and the log gathers 32 MB of their changes before they are written home.
        _context.Database.ExecuteSqlRaw("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192");

        _transaction = new WriteTransaction(connection);
        _insertReading = new ReadingInsert(connection);
        _findReading = connection.CreateCommand();
        _findReading.CommandText = "SELECT 1 FROM Readings WHERE SensorKey = $sensorKey AND Timestamp >= $since AND Timestamp <= $until AND EventId = $eventId LIMIT 1";
        _findReading.Parameters.Add("$sensorKey", SqliteType.Integer);
        _findReading.Parameters.Add("$since", SqliteType.Integer);
        _findReading.Parameters.Add("$until", SqliteType.Integer);
        _findReading.Parameters.Add("$eventId", SqliteType.Text);
    }

    /// <summary>The dead letters, in the same transaction.</summary>
    public DeadLetterWriter DeadLetters { get; }

    /// <summary>Starts a transaction.</summary>
    public void Begin() => _transaction.Begin();

    /// <summary>Makes the transaction durable: when this returns, the rows survive a power cut.</summary>
    public void Commit()
    {
        _transaction.Commit();
        if (!_gathered)
            return;
        _context.ChangeTracker.Clear();
        _gathered = false;
    }

    /// <summary>Adds a reading.</summary>
    /// <returns>False when it was stored before.</returns>
    public bool TryAdd(int sensorKey, Reading reading) => _insertReading.TryAdd(sensorKey, reading);

    /// <summary>True when a sensor has a reading with this event id between two timestamps, inclusive.</summary>
    public bool IsStored(int sensorKey, string eventId, DateTimeOffset since, DateTimeOffset until)
    {
        var parameters = _findReading.Parameters;
        parameters[0].Value = sensorKey;
        parameters[1].Value = UnixMicroseconds.From(since);
        parameters[2].Value = UnixMicroseconds.From(until);
        parameters[3].Value = eventId;
        return _findReading.ExecuteScalar() is not null;
    }

    /// <summary>Adds a sensor.</summary>
    public void Add(int key, string sensorId, SensorFacts facts) => Gather().Sensors.Add(Row(key, sensorId, facts, null));

    /// <summary>Changes what is known of a sensor.</summary>
    public void Update(int key, string sensorId, SensorFacts facts, DateTimeOffset? offlineSince)
    {
        if (Gather().Sensors.Local.FindEntry(key) is { } tracked)
            tracked.CurrentValues.SetValues(Row(key, sensorId, facts, offlineSince));
        else
            _context.Sensors.Update(Row(key, sensorId, facts, offlineSince));
    }

    /// <summary>Appends to the alert journal.</summary>
    public void Add(AlertTransition transition) => Gather().AlertTransitions.Add(new AlertTransitionRow
    {
        Position = transition.Position,
        AlertId = transition.AlertId,
        From = transition.From,
        To = transition.To,
        At = transition.At,
        Level = transition.Level,
        By = transition.By,
        Note = transition.Note,
    });

    /// <summary>Adds or changes a raised alert.</summary>
    public void Put(Alert alert, bool isNew) => Gather().Entry(AlertRow.From(alert)).State = isNew ? EntityState.Added : EntityState.Modified;

    /// <summary>Adds or changes a pending alert.</summary>
    public void PutPending(Alert alert, bool isNew) => Gather().Entry(PendingRow(alert)).State = isNew ? EntityState.Added : EntityState.Modified;

    /// <summary>Removes a pending alert.</summary>
    public void RemovePending(Alert alert) => Gather().PendingAlerts.Remove(PendingRow(alert));

    /// <summary>A raised alert of any state, or null.</summary>
    public Alert? FindAlert(long alertId) => _context.Alerts.AsNoTracking().FirstOrDefault(alert => alert.Id == alertId)?.ToAlert();

    /// <summary>Writes what EF Core has gathered, inside the transaction.</summary>
    public void Flush()
    {
        if (_gathered)
            _context.SaveChanges();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DeadLetters.Dispose();
        _insertReading.Dispose();
        _findReading.Dispose();
        _transaction.Dispose();
        _context.Dispose();
    }

    // Most commits are readings alone, and what there is to look through for changes is then nothing.
    private VibeDashContext Gather()
    {
        _gathered = true;
        return _context;
    }

    private static SensorRow Row(int key, string sensorId, SensorFacts facts, DateTimeOffset? offlineSince) => new()
    {
        Key = key,
        SensorId = sensorId,
        Location = facts.Location,
        Model = facts.Model,
        CalibrationDate = facts.CalibrationDate,
        Source = facts.Source,
        Version = facts.Version,
        OfflineSince = offlineSince,
    };

    private static PendingAlertRow PendingRow(Alert alert) => new()
    {
        SensorId = alert.SensorId,
        RuleId = alert.RuleId,
        Since = alert.Since,
        Readings = alert.Readings,
        Level = alert.Level,
        Threshold = alert.Threshold,
        PeakLevel = alert.PeakLevel,
        Unit = alert.Unit,
        Message = alert.Message,
    };
}
