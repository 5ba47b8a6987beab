using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Core.Alerts;
using VibeDash.Server.Operations;

namespace VibeDash.Server.Data;

/// <summary>Where the database is, and how it is brought up to date. The only place that knows which database it is.</summary>
internal static class Database
{
    private const string FileName = "vibedash.db";

    // How long a statement waits for another process that holds the database before it fails, and the page says so.
    private const int LockTimeoutSeconds = 2;

    /// <summary>Registers the contexts over the SQLite file in <see cref="StorageOptions.Folder"/>.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddValidatedOptions<StorageOptions>(StorageOptions.Section);
        return services.AddDbContextFactory<VibeDashContext>((provider, options) =>
        {
            var folder = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Folder;
            options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, FileName), DefaultTimeout = LockTimeoutSeconds }.ToString());
        });
    }

    /// <summary>Creates the folder and the file when missing, applies migrations, and seeds the default rules on first start.</summary>
    /// <exception cref="StartupException">The file cannot be opened or is not a database.</exception>
    public static void Prepare(IDbContextFactory<VibeDashContext> contexts, StorageOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Folder);
            using var context = contexts.CreateDbContext();
            context.Database.OpenConnection();

            // Readers never wait for the writer. The mode stays with the file.
            context.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
            context.Database.Migrate();
            if (!context.AlertRules.Any())
            {
                context.AlertRules.AddRange(AlertRule.Defaults.Select(rule => new AlertRuleRow
                {
                    Id = rule.Id,
                    Version = rule.Version,
                    Name = rule.Name,
                    Severity = rule.Severity,
                    ThresholdRatio = rule.ThresholdRatio,
                    RecoveryRatio = rule.RecoveryRatio,
                    HoldReadings = rule.HoldReadings,
                }));
                context.SaveChanges();
            }
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The database {Path.GetFullPath(Path.Combine(options.Folder, FileName))} cannot be used: {fault.Message}", fault);
        }
    }
}
