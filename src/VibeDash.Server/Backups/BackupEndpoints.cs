using Microsoft.AspNetCore.Http.HttpResults;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Backups;

/// <summary>Backups over HTTP.</summary>
internal static class BackupEndpoints
{
    /// <summary>Registers the backup services.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services) =>
        services.AddValidatedOptions<BackupOptions>(BackupOptions.Section).AddSingleton<BackupFolder>().AddSingleton<BackupRuns>().AddSingleton<IBackupApi, BackupService>();

    /// <summary>Maps <c>backups</c>.</summary>
    public static RouteGroupBuilder MapBackups(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("backups").WithTags("Backups").Requires(Permission.Maintain);
        group.MapGet("", async (IBackupApi backups, CancellationToken cancelled) => TypedResults.Ok(await backups.GetBackupsAsync(cancelled)))
            .WithSummary("The backups that are kept, newest first, and the one under way.");
        group.MapPost("", StartAsync)
            .Writes(Permission.Maintain, RefusalCode.BackupUnderWay, RefusalCode.BackupNoRoom)
            .WithSummary("Begins a backup of the database as it is now, to a file in the server's backup folder. 409 while one is under way, 507 when there is no room.");
        group.MapDelete("run", CancelAsync)
            .Writes(Permission.Maintain, RefusalCode.NoBackupUnderWay)
            .WithSummary("Gives up the backup under way.");
        group.MapGet("{name}", Download)
            .Produces<Stream>(StatusCodes.Status200OK, "application/vnd.sqlite3").Refuses(RefusalCode.BackupUnknown)
            .WithSummary("A backup, to be kept elsewhere.");
        return api;
    }

    private static async Task<Results<Accepted<BackupRun>, ProblemHttpResult>> StartAsync(RequestActor by, IBackupApi backups, CancellationToken cancelled) =>
        await backups.StartBackupAsync(by.Actor, cancelled) switch
        {
            { Refusal: { } refusal } => refusal.Problem(),
            var started => TypedResults.Accepted("/api/v1/backups", started.Value),
        };

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(RequestActor by, IBackupApi backups, CancellationToken cancelled) =>
        await backups.CancelBackupAsync(by.Actor, cancelled) ? TypedResults.NoContent() : Refusal.Of(RefusalCode.NoBackupUnderWay).Problem();

    private static Results<PhysicalFileHttpResult, ProblemHttpResult> Download(string name, HttpContext context, BackupFolder folder, IHostApplicationLifetime lifetime)
    {
        if (folder.Find(name) is not { } path)
            return Refusal.Of(RefusalCode.BackupUnknown, name).Problem();

        // The stop would wait for a slow reader.
        context.Response.RegisterForDispose(lifetime.ApplicationStopping.Register(context.Abort));
        return TypedResults.PhysicalFile(path, "application/vnd.sqlite3", name, enableRangeProcessing: true);
    }
}
