using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace VibeDash.Server.Storage;

/// <summary>
/// The event loop's connection to the database, one transaction at a time. Readings and dead letters use prepared statements; handlers write the
/// rarer rows through <see cref="Context"/>. Not thread-safe. After an exception, dispose and replace it.
/// </summary>
internal sealed class StorageSession : IDisposable
{
    private readonly WriteTransaction _transaction;
    private bool _hasChanges;

    /// <param name="contexts">The database.</param>
    /// <param name="history">The retention periods.</param>
    public StorageSession(IDbContextFactory<VibeDashContext> contexts, HistoryOptions history)
    {
        Context = contexts.CreateDbContext();
        Context.Database.OpenConnection();
        Context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        var connection = (SqliteConnection)Context.Database.GetDbConnection();

        // The library's default for write-ahead logs would lose the last commits in a power failure. The readings of each sensor are appended at a
        // different place: the cache holds these pages for several thousand sensors, and a checkpoint writes 32 MB of changes at once.
        Context.Database.ExecuteSqlRaw("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192");

        _transaction = new WriteTransaction(connection);
        Readings = new(connection, history);
        Limits = new(connection);
        DeadLetters = new(Context);
    }

    /// <summary>The context of the transaction, for queries and bulk statements. For tracked changes use <see cref="Changes"/>.</summary>
    public VibeDashContext Context { get; }

    /// <summary>The readings.</summary>
    public ReadingWriter Readings { get; }

    /// <summary>The record of past baselines and thresholds.</summary>
    public LimitsWriter Limits { get; }

    /// <summary>The dead letters.</summary>
    public DeadLetterWriter DeadLetters { get; }

    /// <summary>Starts a transaction.</summary>
    public void Begin() => _transaction.Begin();

    /// <summary>Commits; on return, its rows survive a power failure.</summary>
    public void Commit() => _transaction.Commit();

    /// <summary>The context for tracked changes, written by <see cref="Save"/>: most transactions contain only readings and have none.</summary>
    public VibeDashContext Changes()
    {
        _hasChanges = true;
        return Context;
    }

    /// <summary>Writes the tracked changes inside the transaction and makes them visible to its later queries.</summary>
    public void Save()
    {
        if (!_hasChanges)
            return;
        CommandChain.Extend(Context);
        Context.SaveChanges();
        Context.ChangeTracker.Clear();
        _hasChanges = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DeadLetters.Dispose();
        Limits.Dispose();
        Readings.Dispose();
        _transaction.Dispose();
        Context.Dispose();
    }
}
