using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace VibeDash.Server.Storage;

/// <summary>
/// The event loop's connection to the database, one transaction at a time. Readings and dead letters go in by prepared statements; handlers write the
/// rarer rows through <see cref="Context"/>. Not thread-safe. After an exception it is disposed and replaced.
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

        // The library's default for write-ahead logs would lose the last commits in a power cut. Each sensor's readings grow at a place of their
        // own: the cache holds those pages for some thousand sensors, and the log gathers 32 MB of changes before they are written home.
        Context.Database.ExecuteSqlRaw("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192");

        _transaction = new WriteTransaction(connection);
        Readings = new(connection, history);
        DeadLetters = new(Context);
    }

    /// <summary>The context of the transaction, for queries and bulk statements. For tracked changes take <see cref="Changes"/>.</summary>
    public VibeDashContext Context { get; }

    /// <summary>The readings.</summary>
    public ReadingWriter Readings { get; }

    /// <summary>The dead letters.</summary>
    public DeadLetterWriter DeadLetters { get; }

    /// <summary>Starts a transaction.</summary>
    public void Begin() => _transaction.Begin();

    /// <summary>Makes the transaction durable: when this returns, its rows survive a power cut.</summary>
    public void Commit() => _transaction.Commit();

    /// <summary>The context for tracked changes, which <see cref="Save"/> writes: most transactions are readings alone and have none.</summary>
    public VibeDashContext Changes()
    {
        _hasChanges = true;
        return Context;
    }

    /// <summary>Writes the tracked changes inside the transaction, so that later queries of the same transaction see them.</summary>
    public void Save()
    {
        if (!_hasChanges)
            return;
        Context.SaveChanges();
        Context.ChangeTracker.Clear();
        _hasChanges = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DeadLetters.Dispose();
        Readings.Dispose();
        _transaction.Dispose();
        Context.Dispose();
    }
}
