using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SQLitePCL;
using VibeDash.Core.Alerts;
using VibeDash.Server.Startup;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Storage;

/// <summary>Location and migration of the database. The only class that depends on the database engine.</summary>
internal static class Database
{
    /// <summary>How long a statement waits for a lock of another process before it fails and the pages show the fault.</summary>
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

                // A pooled connection that had a disk fault, or was opened while the file was read-only, would stay that way for its next user.
                Pooling = false,
            };
            options.UseSqlite(connection.ToString());
        });
    }

    /// <summary>
    /// Creates the folder and the file if missing, and keeps them from other users of the machine, checks for damage, applies migrations, seeds the default rules on first start, and brings them up to date: <see cref="DefaultRuleUpgrade"/>.
    /// </summary>
    /// <exception cref="StartupException">The file cannot be opened, is damaged or read-only, or another server uses it.</exception>
    public static DatabaseHold Prepare(IDbContextFactory<VibeDashContext> contexts, StorageOptions options, TimeProvider time, ILogger? logger = null)
    {
        var path = PathOf(options);
        DatabaseHold? hold = null;
        try
        {
            PrivateFiles.CreateFolder(options.Folder);

            // Two servers would evaluate readings independently.
            hold = new DatabaseHold(options.Folder);
            if (DatabaseCheck.FindDamage(path, time) is { } damage)
            {
                throw new StartupException(
                    $"The database {path} is damaged and was left as it is: {damage}. Restore a backup without {FileName}-wal and {FileName}-shm, or move all three files away to start with an empty database.");
            }

            // Before SQLite does, which would let others read it.
            if (!File.Exists(path))
                PrivateFiles.Open(path).Dispose();
            PrivateFiles.Mend(options.Folder, logger);
            Migrate(hold.Open(contexts), time.GetUtcNow());
            return hold;
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            hold?.Dispose();
            throw Unusable(options, fault);
        }
        catch (StartupException)
        {
            hold?.Dispose();
            throw;
        }
    }

    /// <summary>The refusal to start over a database with a storage fault.</summary>
    public static StartupException Unusable(StorageOptions options, Exception fault) =>
        new($"The database {PathOf(options)} cannot be used: {StorageFault.Describe(fault)}", fault);

    private static string PathOf(StorageOptions options) => Path.GetFullPath(Path.Combine(options.Folder, FileName));

    private static void Migrate(VibeDashContext context, DateTimeOffset now)
    {
        if (raw.sqlite3_db_readonly(((SqliteConnection)context.Database.GetDbConnection()).Handle, "main") == 1)
            throw new UnauthorizedAccessException("The file is read-only, or the server may not write to its folder.");

        // Lets a new database release space in small steps. On a database with tables this would write, possibly without room for it.
        if (context.Database.SqlQuery<long>($"SELECT COUNT(*) AS Value FROM sqlite_schema").AsEnumerable().Single() == 0)
            context.Database.ExecuteSqlRaw("PRAGMA auto_vacuum = INCREMENTAL");

        // WAL: readers never wait for the writer; the mode is stored in the file. Every commit is flushed; the damage check relies on it.
        context.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        var (known, applied) = (context.Database.GetMigrations().ToArray(), context.Database.GetAppliedMigrations().ToArray());
        if (applied.Except(known).FirstOrDefault() is { } foreign)
            throw new StartupException($"The database was made by another version of VibeDash: it has the migration {foreign}. Start that version, or move the database away.");
        if (known.Except(applied).Any())
        {
            // EF Core's migration lock survives a process killed while it migrates; the next start would wait for it without end.
            context.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS __EFMigrationsLock");
            context.Database.Migrate();
        }

        using (var past = new PastUnits((SqliteConnection)context.Database.GetDbConnection()))
            past.Find();

        if (!context.AlertRules.Any())
        {
            context.AlertRules.AddRange(AlertRule.Defaults.Select(rule => AlertRuleRow.From(rule, now, by: null)));
            context.SaveChanges();
        }
        else if (DefaultRuleUpgrade.Apply(context, now))
        {
            context.SaveChanges();
        }
    }
}
