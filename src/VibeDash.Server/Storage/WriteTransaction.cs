using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VibeDash.Server.Storage;

/// <summary>
/// Transactions that write, one after the other, by statements prepared once on EF Core's own connection. The objects of EF Core and of the library
/// for a transaction take more memory than the readings of a small commit. Neither knows of these: EF Core must not begin its own. Not thread-safe.
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

        // Takes the write lock now: it could be lost to another program between the first read and the first write.
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
    }

    /// <summary>Begins; waits for a lock that another program holds, up to <see cref="Database.LockTimeoutSeconds"/>.</summary>
    /// <exception cref="SqliteException">The database does not take it.</exception>
    public void Begin() => _begin.Run();

    /// <summary>Makes it durable: when this returns, the rows survive a power cut.</summary>
    /// <exception cref="SqliteException">Whether it is on disk is not known.</exception>
    public void Commit() => _commit.Run();

    /// <summary>Takes back what is not committed. A disk that takes nothing may not take that either: SQLite does it when the file is opened again.</summary>
    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        if (raw.sqlite3_get_autocommit(_database) == 0)
            _ = raw.sqlite3_exec(_database, "ROLLBACK");
    }
}
