using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VibeDash.Server.Storage;

/// <summary>
/// Checks for damage before the server uses a database; never modifies it. Checks the log and the structure of all small tables, and as much
/// of the history as can be read within <see cref="Limit"/>, because start-up time must not grow with the history. Damage further back is found
/// when it is read: then nothing is acknowledged, and the pages show the fault.
/// </summary>
internal static class DatabaseCheck
{
    /// <summary>Time limit of the structure check.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    private const int MaximumDamage = 200;
    private const int Interrupted = 9;
    private const int OperationsBetweenLooksAtTheClock = 1000;

    /// <summary>The damage of the database at <paramref name="path"/>, or null. A missing file is not damaged.</summary>
    /// <exception cref="SqliteException">It cannot be read, for a reason other than damage.</exception>
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

        // Closing the last connection would checkpoint the log into a possibly damaged file.
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);

        var start = time.GetTimestamp();
        raw.sqlite3_progress_handler(connection.Handle, OperationsBetweenLooksAtTheClock, _ => time.GetElapsedTime(start) > Limit ? 1 : 0, null);
        try
        {
            // The history last: it is by far the largest.
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
