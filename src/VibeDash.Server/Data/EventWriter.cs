using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Sensors;
using VibeDash.Server.Ingestion;

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
        Notes = new(_context);
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

    /// <summary>The notes, in the same transaction.</summary>
    public NoteWriter Notes { get; }

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
    public void Add(SensorState sensor) => Gather().Sensors.Add(Row(sensor));

    /// <summary>Changes what is known of a sensor.</summary>
    public void Update(SensorState sensor)
    {
        if (Gather().Sensors.Local.FindEntry(sensor.Key) is { } tracked)
            tracked.CurrentValues.SetValues(Row(sensor));
        else
            _context.Sensors.Update(Row(sensor));
    }

    /// <summary>The latest readings of a sensor, oldest first: see <see cref="StateLoader.LatestReadings"/>.</summary>
    public IReadOnlyList<Reading> LatestReadings(SensorState sensor, RuleBook book) =>
        StateLoader.LatestReadings(_context, sensor.Key, sensor.Latest.SensorId, book, least: 0);

    /// <summary>Readings of a sensor from a time on, oldest first.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="from">Event time, inclusive.</param>
    /// <param name="most">No more than this many.</param>
    public IReadOnlyList<Reading> ReadingsFrom(SensorState sensor, DateTimeOffset from, int most) => [.. _context.Readings.AsNoTracking()
        .Where(reading => reading.SensorKey == sensor.Key && reading.Timestamp >= from)
        .OrderBy(reading => reading.Timestamp).ThenBy(reading => reading.EventId)
        .Take(most)
        .AsEnumerable().Select(row => row.ToReading(sensor.Latest.SensorId))];

    /// <summary>From when on readings fill the hold durations and windows of the rules at a time.</summary>
    public DateTimeOffset LookBackFrom(SensorState sensor, DateTimeOffset at, RuleBook book)
    {
        var before = _context.Readings.AsNoTracking()
            .Where(reading => reading.SensorKey == sensor.Key && reading.Timestamp < at)
            .OrderByDescending(reading => reading.Timestamp)
            .Select(reading => (DateTimeOffset?)reading.Timestamp)
            .Take(book.LookBackReadings)
            .ToArray();
        var byTime = at - book.LookBackTime;
        return before.Length > 0 && before[^1] < byTime ? before[^1]!.Value : byTime;
    }

    /// <summary>The alerts of a sensor that were active at or after a time, as the last commit left them.</summary>
    public IReadOnlyList<Alert> AlertsSince(string sensorId, DateTimeOffset since) => [.. _context.Alerts.AsNoTracking()
        .Where(alert => alert.SensorId == sensorId && (alert.IsActive || alert.ClearedAt >= since))
        .AsEnumerable().Select(row => row.ToAlert())];

    /// <summary>Adds a version of a rule, and makes it the one in force.</summary>
    public void Add(AlertRule rule, DateTimeOffset at, string by)
    {
        Retire(rule.Id);
        Gather().AlertRules.Add(AlertRuleRow.From(rule, at, by));
    }

    /// <summary>Takes a rule out of force; its versions stay.</summary>
    public void Retire(int ruleId) => _context.AlertRules.Where(row => row.Id == ruleId && row.IsCurrent).ExecuteUpdate(row => row.SetProperty(rule => rule.IsCurrent, false));

    /// <summary>The highest version of a rule, and the highest id of all; 0 when there is none.</summary>
    public (int Version, int LastId) LastRule(int ruleId) => (
        _context.AlertRules.Where(row => row.Id == ruleId).Max(row => (int?)row.Version) ?? 0,
        _context.AlertRules.Max(row => (int?)row.Id) ?? 0);

    /// <summary>Adds or changes a time out of service.</summary>
    public void Put(OutOfService entry, bool isNew) => Gather().Entry(OutOfServiceRow.From(entry)).State = isNew ? EntityState.Added : EntityState.Modified;

    /// <summary>Appends to the alert journal.</summary>
    public void Add(AlertTransition transition) => Gather().AlertTransitions.Add(AlertTransitionRow.Of(transition));

    /// <summary>Adds or changes an alert.</summary>
    public void Put(Alert alert, bool isNew) => Gather().Entry(AlertRow.From(alert)).State = isNew ? EntityState.Added : EntityState.Modified;

    /// <summary>An alert of any state, or null.</summary>
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

    private static SensorRow Row(SensorState sensor) => new()
    {
        Key = sensor.Key,
        SensorId = sensor.Latest.SensorId,
        Location = sensor.Facts.Location,
        Model = sensor.Facts.Model,
        CalibrationDate = sensor.Facts.CalibrationDate,
        Source = sensor.Facts.Source,
        Version = sensor.Facts.Version,
        OfflineSince = sensor.OfflineSince,
        Labels = sensor.Labels.Count == 0 ? null : string.Join('\n', sensor.Labels),
        BaselineSource = sensor.Baseline?.Source,
        Baseline = sensor.Baseline?.Level,
        BaselineDeviation = sensor.Baseline?.Deviation,
        BaselineUnit = sensor.Baseline?.Unit,
        BaselineAt = sensor.Baseline?.At,
        BaselineBy = sensor.Baseline?.By,
    };
}
