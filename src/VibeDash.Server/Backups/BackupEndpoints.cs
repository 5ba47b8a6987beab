using VibeDash.Core.Contract;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Backups;

/// <summary>Backups over HTTP.</summary>
internal static class BackupEndpoints
{
    /// <summary>Registers what makes backups.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services) =>
        services.AddValidatedOptions<BackupOptions>(BackupOptions.Section).AddSingleton<BackupFolder>().AddSingleton<BackupRuns>().AddSingleton<IBackupApi, BackupService>();

    /// <summary>Maps <c>backups</c>.</summary>
    public static RouteGroupBuilder MapBackups(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("backups").WithTags("Backups");
        group.MapGet("", (IBackupApi backups, CancellationToken cancelled) => backups.GetBackupsAsync(cancelled))
            .WithSummary("The backups that are kept, newest first, and the one under way.");
        group.MapPost("", StartAsync)
            .Produces<BackupResult>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .WithSummary("Begins a backup of the database as it is now, to a file in the server's backup folder. 409 while one is under way, 507 when there is no room.");
        group.MapDelete("run", async (IBackupApi backups, CancellationToken cancelled) =>
                await backups.CancelBackupAsync(cancelled) ? Results.NoContent() : Results.Problem("No backup is under way.", statusCode: StatusCodes.Status404NotFound))
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Gives up the backup under way.");
        group.MapGet("{name}", (string name, BackupFolder folder) => folder.Find(name) is { } path
                ? Results.File(path, "application/vnd.sqlite3", name, enableRangeProcessing: true)
                : Results.Problem($"There is no backup {name}.", statusCode: StatusCodes.Status404NotFound))
            .Produces<Stream>(StatusCodes.Status200OK, "application/vnd.sqlite3").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A backup, to be kept elsewhere.");
        return api;
    }

    private static async Task<IResult> StartAsync(IBackupApi backups, CancellationToken cancelled) => await backups.StartBackupAsync(cancelled) switch
    {
        { Fault: null } result => Results.Accepted("/api/v1/backups", result),
        { Run: not null } result => Results.Problem(result.Fault, statusCode: StatusCodes.Status409Conflict),
        var result => Results.Problem(result.Fault, statusCode: StatusCodes.Status507InsufficientStorage),
    };
}
