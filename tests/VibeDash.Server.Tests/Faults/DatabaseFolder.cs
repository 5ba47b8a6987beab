using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Startup;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>A folder with a database, opened like at server start.</summary>
internal sealed class DatabaseFolder : IDbContextFactory<VibeDashContext>, IDisposable
{
    private readonly DbContextOptions<VibeDashContext> _options;
    private readonly bool _isOwn;

    /// <param name="folder">The folder; null for a temporary one, removed at the end.</param>
    public DatabaseFolder(string? folder = null)
    {
        _isOwn = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("vibedash-database-").FullName;
        _options = new DbContextOptionsBuilder<VibeDashContext>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false, DefaultTimeout = 1 }.ToString()).Options;
    }

    public string Folder { get; }

    public string File => Path.Combine(Folder, "vibedash.db");

    public string Log => File + "-wal";

    public VibeDashContext CreateDbContext() => new(_options);

    /// <summary>Runs the first part of a server start, and releases the hold.</summary>
    public void Start(TimeProvider? time = null) => Hold(time).Dispose();

    /// <summary>Runs the first part of a server start, and keeps the hold until the result is disposed. Does not migrate from nothing in a folder of its own.</summary>
    public IDisposable Hold(TimeProvider? time = null)
    {
        if (_isOwn)
            EmptyDatabase.PutInto(Folder);
        return Database.Prepare(this, new StorageOptions { Folder = Folder }, time ?? TimeProvider.System);
    }

    /// <summary>The line of the refused start.</summary>
    public string Refused() => Should.Throw<StartupException>(() => Start()).Message;

    /// <summary>Adds readings, one commit per <paramref name="commit"/> of them, and leaves them in the log like a killed server.</summary>
    public void Fill(int readings, int commit)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        SQLitePCL.raw.sqlite3_db_config(connection.Handle, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        for (var first = 0; first < readings; first += commit)
        {
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText =
                $"""
                INSERT OR IGNORE INTO Sensors (Key, SensorId, Location) VALUES (1, 'VB-1', 'Hall 1, Pump 1');
                WITH RECURSIVE numbers(n) AS (VALUES ({first}) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {first + commit})
                INSERT INTO Readings (SensorKey, Timestamp, EventId, Level, Baseline, Unit)
                SELECT 1, 1772366400000000 + n * 1000000, 'event-' || n, 4.0, 4.0, 'm/s²' FROM numbers;
                """;
            insert.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    /// <summary>Checkpoints the log into the file, like a server shutdown.</summary>
    public void WriteLogHome()
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        checkpoint.ExecuteNonQuery();
    }

    public long Readings()
    {
        using var context = CreateDbContext();
        return context.Readings.LongCount();
    }

    /// <summary>Overwrites part of a file.</summary>
    public static void Destroy(string path, long offset, int length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Seek(offset, SeekOrigin.Begin);
        var rubbish = new byte[length];
        Array.Fill(rubbish, (byte)0xA5);
        file.Write(rubbish);
    }

    /// <summary>Database files in the folder, without the index of the log, which is rebuilt at each opening, and without an empty log.</summary>
    public Dictionary<string, string> Content() => Directory.EnumerateFiles(Folder)
        .Where(path => path == File || (path == Log && new FileInfo(path).Length > 0))
        .ToDictionary(path => path, path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.IO.File.ReadAllBytes(path))));

    public void Dispose()
    {
        if (_isOwn)
            Directory.Delete(Folder, recursive: true);
    }
}
