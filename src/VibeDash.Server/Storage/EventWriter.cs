using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Storage;

/// <summary>
/// The event loop's hand on the database: one connection, one transaction at a time. Readings go in by a prepared statement, the rarer
/// rows by EF Core's change tracker. Not thread-safe. After an exception it is disposed and a new one made.
/// </summary>
internal sealed class EventWriter : IDisposable
{
    private readonly VibeDashContext _context;
    private readonly ReadingInsert _insertReading;
    private readonly Statement _findReading;
    private readonly StoredReadings _stored;
    private readonly SegmentWriter _segments;
    private readonly SegmentPruner _pruner;
    private readonly WriteTransaction _transaction;
    private bool _gathered;

    /// <param name="contexts">The database.</param>
    /// <param name="history">How long what is kept.</param>
    public EventWriter(IDbContextFactory<VibeDashContext> contexts, HistoryOptions history)
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
        _findReading = new(connection, "SELECT 1 FROM Readings WHERE SensorKey = ?1 AND Timestamp BETWEEN ?2 AND ?3 AND EventId = ?4 LIMIT 1");
        _stored = new(connection);
        _segments = new(connection);
        _pruner = new(connection, history);
    }

    /// <summary>The dead letters, in the same transaction.</summary>
    public DeadLetterWriter DeadLetters { get; }

    /// <summary>The notes, in the same transaction.</summary>
    public NoteWriter Notes { get; }

    /// <summary>Starts a transaction.</summary>
    public void Begin() => _transaction.Begin();

    /// <summary>Makes the transaction durable: when this returns, the rows survive a power cut.</summary>
    public void Commit() => _transaction.Commit();

    /// <summary>Adds a reading.</summary>
    /// <returns>False when it was stored before.</returns>
    public bool TryAdd(SensorState sensor, Reading reading)
    {
        if (IsSealed(sensor, reading.EventId, reading.Timestamp, reading.Timestamp) || !_insertReading.TryAdd(sensor.Key, reading))
            return false;
        sensor.Unsealed++;
        return true;
    }

    /// <summary>True when a sensor has a reading with this event id between two timestamps, inclusive.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="eventId">The event id.</param>
    /// <param name="since">From when on to look.</param>
    /// <param name="until">Until when.</param>
    public bool IsStored(SensorState sensor, string eventId, DateTimeOffset since, DateTimeOffset until)
    {
        var found = _findReading
            .Bind(1, sensor.Key)
            .Bind(2, UnixMicroseconds.From(since))
            .Bind(3, UnixMicroseconds.From(until))
            .Bind(4, eventId, VibrationEventParser.MaximumIdLength)
            .Step();
        _findReading.Reset();
        return found || IsSealed(sensor, eventId, since, until);
    }

    /// <summary>Seals some of a sensor's readings, of which some were added: <see cref="SegmentWriter"/>.</summary>
    public void Seal(SensorState sensor)
    {
        var (count, until) = _segments.Seal(sensor.Key);
        sensor.Unsealed -= count;
        if (sensor.SealedUntil is null || until > sensor.SealedUntil)
            sensor.SealedUntil = until;
    }

    /// <summary>Removes some of what is older than it is to be kept.</summary>
    public void Prune(DateTimeOffset now) => _pruner.Prune(now);

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
        StateLoader.LatestReadings(_stored, sensor.Key, sensor.Latest.SensorId, book, least: 0);

    /// <summary>Readings of a sensor from a time on, oldest first.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="from">Event time, inclusive.</param>
    /// <param name="most">No more than this many.</param>
    public IReadOnlyList<Reading> ReadingsFrom(SensorState sensor, DateTimeOffset from, int most) =>
        _stored.From(sensor.Key, sensor.Latest.SensorId, from, most);

    /// <summary>From when on readings fill the hold durations and windows of the rules at a time.</summary>
    public DateTimeOffset LookBackFrom(SensorState sensor, DateTimeOffset at, RuleBook book)
    {
        var before = _stored.Latest(sensor.Key, sensor.Latest.SensorId, at, book.LookBackReadings);
        var byTime = at - book.LookBackTime;
        return before.Count > 0 && before[0].Timestamp < byTime ? before[0].Timestamp : byTime;
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

        // The next rule of the same commit takes its number from the database.
        Flush();
    }

    /// <summary>Takes a rule out of force; its versions stay.</summary>
    public void Retire(int ruleId) => _context.AlertRules.Where(row => row.Id == ruleId && row.IsCurrent).ExecuteUpdate(row => row.SetProperty(rule => rule.IsCurrent, false));

    /// <summary>The highest version of a rule, and the highest id of all; 0 when there is none.</summary>
    public (int Version, int LastId) LastRule(int ruleId) => (
        _context.AlertRules.Where(row => row.Id == ruleId).Max(row => (int?)row.Version) ?? 0,
        _context.AlertRules.Max(row => (int?)row.Id) ?? 0);

    /// <summary>Adds or changes a time out of service.</summary>
    public void Put(OutOfService entry, bool isNew) => Gather().Entry(OutOfServiceRow.From(entry)).State = isNew ? EntityState.Added : EntityState.Modified;

    /// <summary>Writes what has changed of what was said of a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="before">What was said before.</param>
    public void Put(Machine machine, MachineHistory before)
    {
        // At once, and not gathered: a time that is said anew would be two rows of one key.
        foreach (var (at, _) in before.Words.Except(machine.History.Words))
            _context.MachineStates.Where(row => row.Name == machine.Name && row.IsSensor == machine.IsSensor && row.At == at).ExecuteDelete();
        foreach (var (at, runs) in machine.History.Words.Except(before.Words))
            _context.Database.ExecuteSql($"INSERT INTO MachineStates (Name, IsSensor, At, Runs) VALUES ({machine.Name}, {machine.IsSensor}, {UnixMicroseconds.From(at)}, {runs})");
    }

    /// <summary>Appends to the alert journal.</summary>
    public void Add(AlertTransition transition) => Gather().AlertTransitions.Add(AlertTransitionRow.Of(transition));

    /// <summary>Adds or changes an alert.</summary>
    public void Put(Alert alert, bool isNew) => Gather().Entry(AlertRow.From(alert)).State = isNew ? EntityState.Added : EntityState.Modified;

    /// <summary>An alert of any state, or null.</summary>
    public Alert? FindAlert(long alertId) => _context.Alerts.AsNoTracking().FirstOrDefault(alert => alert.Id == alertId)?.ToAlert();

    /// <summary>Writes what EF Core has gathered, inside the transaction.</summary>
    public void Flush()
    {
        if (!_gathered)
            return;
        _context.SaveChanges();
        _context.ChangeTracker.Clear();
        _gathered = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DeadLetters.Dispose();
        _insertReading.Dispose();
        _findReading.Dispose();
        _stored.Dispose();
        _segments.Dispose();
        _pruner.Dispose();
        _transaction.Dispose();
        _context.Dispose();
    }

    // Most commits are readings alone, and what there is to look through for changes is then nothing.
    private VibeDashContext Gather()
    {
        _gathered = true;
        return _context;
    }

    // How much of a sensor's readings is sealed is not known before the first of them comes: to ask for all of them would hold up the start.
    private bool IsSealed(SensorState sensor, string eventId, DateTimeOffset since, DateTimeOffset until)
    {
        if (sensor.Unsealed is null)
            (sensor.Unsealed, sensor.SealedUntil) = _segments.Look(sensor.Key);
        return since <= sensor.SealedUntil
            && _stored.IsSealed(sensor.Key, Encoding.UTF8.GetBytes(eventId), UnixMicroseconds.From(since), UnixMicroseconds.From(until));
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
