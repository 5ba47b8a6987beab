using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VibeDash.Server.Storage;

/// <summary>
/// Looks for damage before the server works with a database. What it finds is left as it is. Checked are the log, and the structure of every
/// table: all of the small ones, and as much of the history as can be read in <see cref="Limit"/>, since a server must come up in a time that
/// does not grow with its history. Damage farther back is met when it is read: then nothing is acknowledged, and the page says why.
/// </summary>
internal static class DatabaseCheck
{
    /// <summary>Longest time for the structure check.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    private const int MaximumDamage = 200;
    private const int Interrupted = 9;
    private const int OperationsBetweenLooksAtTheClock = 1000;

    /// <summary>What is wrong with the database at <paramref name="path"/>, or null. No file is fine.</summary>
    /// <exception cref="SqliteException">It cannot be read, for a reason that is not damage.</exception>
    public static string? FindDamage(string path, TimeProvider time)
    {
        var log = new FileInfo(path + "-wal");
        if (log is { Exists: true, Length: > 0 })
        {
            // SQLite would delete the log of an empty database.
            if (new FileInfo(path) is not { Exists: true, Length: > 0 })
                return "it is missing or empty, while its log (vibedash.db-wal) holds commits";
            if (WriteAheadLog.FindDamage(log.FullName) is { } damage)
                return damage;
        }

        if (!File.Exists(path))
            return null;

        try
        {
            return FindStructuralDamage(path, time);
        }
        catch (SqliteException fault) when (StorageFault.IsDamage(fault))
        {
            return StorageFault.OneLine(fault.Message).TrimEnd('.');
        }
    }

    private static string? FindStructuralDamage(string path, TimeProvider time)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = Database.LockTimeoutSeconds,
        };
        using var connection = new SqliteConnection(settings.ToString());
        connection.Open();

        // Closing the last connection would write the log into a file that may be damaged.
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);

        var start = time.GetTimestamp();
        raw.sqlite3_progress_handler(connection.Handle, OperationsBetweenLooksAtTheClock, _ => time.GetElapsedTime(start) > Limit ? 1 : 0, null);
        try
        {
            // The history last: it is the bulk.
            var tables = Column(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name = 'Segments', name = 'Readings', name = 'Rollups', name");
            return tables.SelectMany(table => Column(connection, $"PRAGMA quick_check(\"{table}\")")).FirstOrDefault(line => line != "ok") is { } damage
                ? StorageFault.OneLine(damage.Length <= MaximumDamage ? damage : damage[..MaximumDamage])
                : null;
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == Interrupted)
        {
            return null;
        }
    }

    private static List<string> Column(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var rows = command.ExecuteReader();
        var column = new List<string>();
        while (rows.Read())
            column.Add(rows.GetString(0));
        return column;
    }
}
