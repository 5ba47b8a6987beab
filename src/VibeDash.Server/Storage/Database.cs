using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SQLitePCL;
using VibeDash.Core.Alerts;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Storage;

/// <summary>Where the database is, and how it is brought up to date. The only place that knows which database it is.</summary>
internal static class Database
{
    /// <summary>How long a statement waits for another process that holds the database before it fails, and the page says so.</summary>
    public const int LockTimeoutSeconds = 2;

    private const string FileName = "vibedash.db";

    /// <summary>Registers the contexts over the SQLite file in <see cref="StorageOptions.Folder"/>.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddValidatedOptions<StorageOptions>(StorageOptions.Section);
        return services.AddDbContextFactory<VibeDashContext>((provider, options) =>
        {
            var folder = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Folder;
            var connection = new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder, FileName),
                DefaultTimeout = LockTimeoutSeconds,

                // A connection that met a fault of the disk, or was opened while the file was read-only, would go on to be so for whoever is given it next.
                Pooling = false,
            };
            options.UseSqlite(connection.ToString());
        });
    }

    /// <summary>
    /// Creates the folder and the file when missing, looks for damage, applies migrations, and seeds the default rules on first start.
    /// </summary>
    /// <exception cref="StartupException">The file cannot be opened, is damaged or read-only, or another server uses it.</exception>
    public static DatabaseHold Prepare(IDbContextFactory<VibeDashContext> contexts, StorageOptions options, TimeProvider time)
    {
        var path = Path.GetFullPath(Path.Combine(options.Folder, FileName));
        DatabaseHold? hold = null;
        try
        {
            Directory.CreateDirectory(options.Folder);

            // Each of two servers would evaluate readings without knowing of the other's.
            hold = new DatabaseHold(options.Folder);
            if (DatabaseCheck.FindDamage(path, time) is { } damage)
            {
                throw new StartupException(
                    $"The database {path} is damaged and was left as it is: {damage}. Put a backup in its place, without {FileName}-wal and {FileName}-shm, or move the three files away to start anew.");
            }

            Migrate(hold.Open(contexts), time.GetUtcNow());
            return hold;
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            hold?.Dispose();
            throw new StartupException($"The database {path} cannot be used: {StorageFault.Describe(fault)}", fault);
        }
        catch (StartupException)
        {
            hold?.Dispose();
            throw;
        }
    }

    private static void Migrate(VibeDashContext context, DateTimeOffset now)
    {
        if (raw.sqlite3_db_readonly(((SqliteConnection)context.Database.GetDbConnection()).Handle, "main") == 1)
            throw new UnauthorizedAccessException("The file is read-only, or in a folder where the server may not write.");

        // A new database is made so that space can be given back in small steps. Said of one that has tables, it would write, for which there may be no room.
        if (context.Database.SqlQuery<long>($"SELECT COUNT(*) AS Value FROM sqlite_schema").AsEnumerable().Single() == 0)
            context.Database.ExecuteSqlRaw("PRAGMA auto_vacuum = INCREMENTAL");

        // Readers never wait for the writer. The mode stays with the file. Every commit is flushed, here as later: the look for damage relies on it.
        context.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        var (known, applied) = (context.Database.GetMigrations().ToArray(), context.Database.GetAppliedMigrations().ToArray());
        if (applied.Except(known).FirstOrDefault() is { } foreign)
            throw new StartupException($"The database was made by another version of VibeDash: it has the migration {foreign}. Start that version, or move the database away.");
        if (known.Except(applied).Any())
        {
            // The lock of EF Core against a second migrator outlives a process that is killed in the middle, and would be waited for without end.
            context.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS __EFMigrationsLock");
            context.Database.Migrate();
        }

        if (!context.AlertRules.Any())
        {
            context.AlertRules.AddRange(AlertRule.Defaults.Select(rule => AlertRuleRow.From(rule, now, by: null)));
            context.SaveChanges();
        }
    }
}
