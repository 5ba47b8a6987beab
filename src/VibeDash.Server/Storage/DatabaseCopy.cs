using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace VibeDash.Server.Storage;

/// <summary>
/// Copies the database to another file while it is written to. All pages are read in one read transaction, so that the copy is the database as it was
/// when the copying began; neither the writer nor other readers wait. While it lasts, the log cannot be taken in and grows with what is written.
/// </summary>
internal static class DatabaseCopy
{
    // 4 MiB: often enough to tell how far it is, and to stop.
    private const int PagesAtATime = 1024;

    /// <summary>Copies; when it returns, the copy is on the disk.</summary>
    /// <param name="contexts">The database.</param>
    /// <param name="path">The file to be; must not exist. After an exception it is to be deleted.</param>
    /// <param name="progress">Told bytes copied and bytes in all, between portions; may throw to give up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SqliteException">The database cannot be read, or the file not be written.</exception>
    public static void Write(IDbContextFactory<VibeDashContext> contexts, string path, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using var context = contexts.CreateDbContext();
        context.Database.OpenConnection();
        var source = (SqliteConnection)context.Database.GetDbConnection();
        using var snapshot = source.BeginTransaction(deferred: true);

        // The first read takes the snapshot. The copying goes on in it: outside of one it would begin anew with each commit.
        var pageSize = Number(source, "PRAGMA page_size");
        Number(source, "SELECT count(*) FROM sqlite_schema");
        using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            copy.Open();

            // A copy that is not whole is deleted: it needs no journal, and is flushed once, below.
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
