using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Options;

namespace VibeDash.Server.Storage.People;

/// <summary>Location and migration of the people's database.</summary>
internal static class PeopleDatabase
{
    private const string FileName = "people.db";

    /// <summary>Registers the context over the SQLite file in <see cref="StorageOptions.Folder"/>.</summary>
    public static IServiceCollection AddPeopleDatabase(this IServiceCollection services)
    {
        Choose(services);
        return services.AddDbContextFactory<PeopleContext>((provider, options) => options.UseSqlite(Connection(FolderOf(provider))));
    }

    /// <summary>Folder of the database and the files beside it.</summary>
    public static string FolderOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value.Folder;

    /// <summary>Folder of the keys with which cookies and tokens are encrypted, created if missing.</summary>
    /// <exception cref="Startup.StartupException">It cannot be created.</exception>
    public static DirectoryInfo KeyFolder(StorageOptions options)
    {
        try
        {
            return PrivateFiles.CreateFolder(Path.Combine(options.Folder, "keys"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Database.Unusable(options, fault);
        }
    }

    /// <summary>Creates folder and file if missing, and applies migrations.</summary>
    /// <exception cref="Startup.StartupException">The file cannot be opened or written.</exception>
    public static void Prepare(IDbContextFactory<PeopleContext> contexts, StorageOptions options)
    {
        try
        {
            PrivateFiles.CreateFolder(options.Folder);
            var path = Path.Combine(options.Folder, FileName);
            if (!File.Exists(path))
                PrivateFiles.Open(path).Dispose();
            using var context = contexts.CreateDbContext();

            // Not WAL: there, opening the file writes beside it, and nobody could sign in or look while the disk is full.
            context.Database.ExecuteSqlRaw("PRAGMA journal_mode = DELETE");
            if (context.Database.GetPendingMigrations().Any())
            {
                // As in Database: a lock left by a process that was killed would never be released.
                context.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS __EFMigrationsLock");
                context.Database.Migrate();
            }
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new Startup.StartupException($"The database {Path.GetFullPath(Path.Combine(options.Folder, FileName))} cannot be used: {StorageFault.Describe(fault)}", fault);
        }
    }

    private static string Connection(string folder) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, FileName), DefaultTimeout = Database.LockTimeoutSeconds, Pooling = false,
    }.ToString();

    // The first version with passkeys. The framework makes the model of the process once, from the options of the first host.
    private static void Choose(IServiceCollection services) => services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);

    /// <summary>Lets <c>dotnet ef migrations add --context PeopleContext</c> work without starting the server.</summary>
    private sealed class DesignTime : IDesignTimeDbContextFactory<PeopleContext>
    {
        public PeopleContext CreateDbContext(string[] args)
        {
            var services = new ServiceCollection();
            Choose(services);
            return new(new DbContextOptionsBuilder<PeopleContext>().UseApplicationServiceProvider(services.BuildServiceProvider()).UseSqlite("Data Source=design-time.db").Options);
        }
    }
}
