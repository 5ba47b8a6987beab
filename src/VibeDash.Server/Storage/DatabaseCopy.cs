using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace VibeDash.Server.Storage;

/// <summary>
/// Copies the live database to another file. All pages are read in one read transaction, so the copy is the state at its start; neither the
/// writer nor other readers wait. Until it ends, the log cannot be checkpointed and grows with each commit.
/// </summary>
internal static class DatabaseCopy
{
    // 4 MiB: often enough for progress and cancellation.
    private const int PagesAtATime = 1024;

    /// <summary>Copies the database; on return the copy is on disk.</summary>
    /// <param name="contexts">The database.</param>
    /// <param name="path">Target file; must not exist. The caller deletes it after an exception.</param>
    /// <param name="progress">Receives bytes copied and total bytes between portions; may throw to abort.</param>
    /// <param name="cancellationToken">Aborts the copy.</param>
    /// <exception cref="SqliteException">The database cannot be read, or the file cannot be written.</exception>
    public static void Write(IDbContextFactory<VibeDashContext> contexts, string path, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using var context = contexts.CreateDbContext();
        context.Database.OpenConnection();
        var source = (SqliteConnection)context.Database.GetDbConnection();
        using var snapshot = source.BeginTransaction(deferred: true);

        // The first read takes the snapshot. The copy runs inside its transaction: otherwise it would restart with each commit.
        var pageSize = Number(source, "PRAGMA page_size");
        Number(source, "SELECT count(*) FROM sqlite_schema");
        using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            PrivateFiles.Open(path).Dispose();
            copy.Open();

            // An incomplete copy is deleted: it needs no journal, and a single flush below.
            Number(copy, "PRAGMA synchronous = OFF");
            Number(copy, "PRAGMA journal_mode = OFF");
            using var backup = raw.sqlite3_backup_init(copy.Handle, "main", source.Handle, "main");
            if (backup.IsInvalid)
                SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(copy.Handle), copy.Handle);
            int result;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                result = raw.sqlite3_backup_step(backup, PagesAtATime);
                if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
                    SqliteException.ThrowExceptionForRC(result, copy.Handle);
                var total = raw.sqlite3_backup_pagecount(backup);
                progress((total - raw.sqlite3_backup_remaining(backup)) * pageSize, total * pageSize);
            }
            while (result != raw.SQLITE_DONE);
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Size of the copy, in bytes.</summary>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public static long Size(IDbContextFactory<VibeDashContext> contexts)
    {
        using var context = contexts.CreateDbContext();
        return context.Database.SqlQuery<long>($"SELECT page_count * page_size AS Value FROM pragma_page_count(), pragma_page_size()").Single();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
