using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VibeDash.Server.Storage;

/// <summary>
/// Consecutive write transactions with statements prepared once on EF Core's connection. The transaction objects of EF Core and the library take
/// more memory than the readings of a small commit. Neither knows of these transactions: EF Core must not begin its own. Not thread-safe.
/// </summary>
internal sealed class WriteTransaction : IDisposable
{
    private readonly sqlite3 _database;
    private readonly Statement _begin;
    private readonly Statement _commit;

    public WriteTransaction(SqliteConnection connection)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_busy_timeout(_database, Database.LockTimeoutSeconds * 1000), _database);

        // Takes the write lock immediately: otherwise another program could take it between the first read and the first write.
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
    }

    /// <summary>Begins; waits for the lock of another program up to <see cref="Database.LockTimeoutSeconds"/>.</summary>
    /// <exception cref="SqliteException">The transaction could not begin.</exception>
    public void Begin() => _begin.Run();

    /// <summary>Commits; on return, the rows survive a power failure.</summary>
    /// <exception cref="SqliteException">It is unknown whether the transaction is on disk.</exception>
    public void Commit() => _commit.Run();

    /// <summary>Rolls back. On a failing disk the rollback may fail, too; SQLite then rolls back when it next opens the file.</summary>
    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        if (raw.sqlite3_get_autocommit(_database) == 0)
            _ = raw.sqlite3_exec(_database, "ROLLBACK");
    }
}
